package io.edgewise.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Arrays made in an inner {@link NDScope} that outlive it. Every array belongs to the scope that is open on its thread;
 * an array that is kept passes to the scope around it when this is closed.
 */
public final class KeptArrays implements AutoCloseable {
    private final List<NDArray> arrays = new ArrayList<>();

    /** Runs {@code work} in a scope of its own: of all arrays it makes, only the result survives. */
    public static NDArray only(Supplier<NDArray> work) {
        NDArray result;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            result = work.get();
            NDScope.unregister(result);
        }
        NDScope.register(result);
        return result;
    }

    /** Runs {@code work} in a scope of its own: no array that it makes survives. */
    public static void none(Runnable work) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            work.run();
        }
    }

    /** Takes an array out of the innermost scope. */
    public NDArray keep(NDArray array) {
        NDScope.unregister(array);
        arrays.add(array);
        return array;
    }

    @Override
    public void close() {
        arrays.forEach(NDScope::register);
    }
}
