/** A model's shape, as {@code config.json} says it: one class for each family of models. */
@NullMarked
package io.edgewise.model.config;

import org.jspecify.annotations.NullMarked;
