package io.orderflow.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final String BAD_DATA = "22021";
    private static final String CONNECTION_LOST = "08006";

    private final List<List<String>> written = new CopyOnWriteArrayList<>();
    private final Map<String, Object> answers = new ConcurrentHashMap<>();
    private final CountDownLatch mayWrite = new CountDownLatch(1);
    private String error = BAD_DATA;
    private final GroupCommit<String, String> commits = new GroupCommit<>(this::write);

    private List<String> write(List<String> entries) throws SQLException {
        written.add(entries);
        try {
            mayWrite.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (entries.contains("bad")) {
            throw new SQLException("bad", error);
        }
        return entries.stream().map(entry -> "done " + entry).toList();
    }

    @Test
    void whatWaitsSharesACommitAndEachIsAnsweredItsOwn() throws Exception {
        writeAtOnce("a", "b", "c", "d");

        assertThat(written).hasSize(2);
        assertThat(written.get(1)).containsExactlyInAnyOrder("b", "c", "d");
        assertThat(answers).isEqualTo(Map.of("a", "done a", "b", "done b", "c", "done c", "d", "done d"));
    }

    @Test
    void aBadEntryFailsAlone() throws Exception {
        writeAtOnce("a", "b", "bad", "c");

        assertThat(answers).containsEntry("b", "done b").containsEntry("c", "done c");
        assertThat(answers.get("bad")).isInstanceOf(SQLException.class);
    }

    @Test
    void aDatabaseThatIsAwayIsAskedOnceForAll() throws Exception {
        error = CONNECTION_LOST;
        writeAtOnce("a", "b", "bad", "c");

        assertThat(written).hasSize(2);
        assertThat(List.of(answers.get("b"), answers.get("c"), answers.get("bad")))
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(SQLException.class));
    }

    @Test
    void whatFailsWithoutCompanyIsTriedOnce() {
        mayWrite.countDown();

        assertThatThrownBy(() -> commits.write("bad")).isInstanceOf(SQLException.class);
        assertThat(written).hasSize(1);
    }

    /** The first is being written while the others come. */
    private void writeAtOnce(String first, String... others) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        threads.add(writer(first));
        await().until(() -> written.size() == 1);
        for (var other : others) {
            threads.add(writer(other));
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        mayWrite.countDown();
        for (var thread : threads) {
            thread.join();
        }
    }

    private Thread writer(String entry) {
        return Thread.ofPlatform().start(() -> {
            try {
                answers.put(entry, commits.write(entry));
            } catch (SQLException e) {
                answers.put(entry, e);
            }
        });
    }
}
