package io.edgewise.pipeline;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The most that garbage collections left in this JVM's heap, in bytes. */
final class HeapPeak {
    private final AtomicLong peak = new AtomicLong();

    HeapPeak() {
        ManagementFactory.getGarbageCollectorMXBeans().forEach(collector -> ((NotificationEmitter) collector)
                .addNotificationListener(
                        (notification, self) -> {
                            var info =
                                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
                            long left = info.getGcInfo().getMemoryUsageAfterGc().values().stream()
                                    .mapToLong(MemoryUsage::getUsed)
                                    .sum();
                            peak.accumulateAndGet(left, Math::max);
                        },
                        null,
                        null));
    }

    /** Since the last time it was taken. */
    long take() {
        return peak.getAndSet(0);
    }
}
