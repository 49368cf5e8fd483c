package io.edgewise.spark;

import java.io.Serializable;

/**
 * Where an executor finds a model.
 *
 * @param directory a Hugging Face directory on every executor's own or shared disk
 * @param threads threads that one PyTorch operation may use: the CPUs of a Spark task
 */
public record ModelSource(String directory, int threads) implements Serializable {}
