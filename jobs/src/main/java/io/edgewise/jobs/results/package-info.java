/** What a job writes: tables and the manifest. */
@NullMarked
package io.edgewise.jobs.results;

import org.jspecify.annotations.NullMarked;
