package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.Unreadable;

/**
 * Any bytes are an event or are unreadable; nothing else comes out, so that nothing but parking follows. The committed
 * inputs are run in every build, new ones are found with JAZZER_FUZZ=1.
 */
class EnvelopeFuzzTest {

    private static final EventCodec CODEC = new EventCodec();

    @FuzzTest
    void bytesAreAnEventOrUnreadable(byte[] value) {
        try {
            var sealed = CODEC.open(value);
            assertThat(sealed.sequence()).isPositive();
            for (var channel : Topology.ORDERFLOW.channels()) {
                for (var type : channel.events()) {
                    read(sealed, type);
                }
            }
        } catch (Unreadable unreadable) {
            assertThat(unreadable.getMessage()).isNotBlank();
        }
    }

    private static void read(EventCodec.Sealed sealed, Class<? extends Event> type) {
        try {
            assertThat(CODEC.read(sealed, type)).isInstanceOf(type);
        } catch (Unreadable unreadable) {
            assertThat(unreadable.getMessage()).isNotBlank();
        }
    }
}
