/** Texts and JSON of files that strangers wrote. */
@NullMarked
package io.edgewise.json;

import org.jspecify.annotations.NullMarked;
