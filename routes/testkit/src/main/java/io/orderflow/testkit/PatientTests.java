package io.orderflow.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets every test wait for a minute before it takes a wait for a hang; JUnit finds it by itself. A wait that is over as
 * soon as its condition holds costs nothing, and ten seconds are soon gone on a machine that does much else.
 */
public final class PatientTests implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }
}
