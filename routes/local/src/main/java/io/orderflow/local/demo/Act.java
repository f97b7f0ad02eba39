package io.orderflow.local.demo;

/** What is done to the services in a demo, for a while. */
enum Act {
    BROKER_AWAY("the broker is away"),
    BAD_DEPLOYMENT("a bad deployment"),
    RELEASE("released at a pace");

    private final String words;

    Act(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
