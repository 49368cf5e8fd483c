/** Text and JSON from untrusted files. */
@NullMarked
package io.edgewise.json;

import org.jspecify.annotations.NullMarked;
