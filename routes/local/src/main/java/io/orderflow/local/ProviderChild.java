package io.orderflow.local;

import io.orderflow.provider.ProviderServer;
import io.orderflow.testkit.Child;
import java.io.IOException;

/** The payment provider as a child: it ends with the supervisor. */
public final class ProviderChild {

    private ProviderChild() {}

    public static void main(String... arguments) throws IOException {
        ProviderServer.main(arguments);
        Child.followParent();
    }
}
