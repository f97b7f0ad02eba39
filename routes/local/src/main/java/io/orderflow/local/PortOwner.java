package io.orderflow.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Names the process that listens on a port, so that a person need not look for it. */
final class PortOwner {

    /** The state of a listening socket in Linux's tables of TCP sockets. */
    private static final String LISTENING_STATE = "0A";

    private PortOwner() {}

    static boolean isTaken(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The owner in words, as far as this system tells. */
    static String of(int port) {
        return socketOn(port)
                .flatMap(PortOwner::holderOf)
                .map(process -> "process " + process.pid() + " ("
                        + process.info().commandLine().map(PortOwner::shorten).orElse("unknown") + ")")
                .orElse("another process");
    }

    private static String shorten(String command) {
        return command.length() <= 100 ? command : command.substring(0, 100) + "...";
    }

    private static Optional<String> socketOn(int port) {
        var end = ":%04X".formatted(port);
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                var inode = Files.readAllLines(Path.of(table)).stream()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(fields ->
                                fields.length > 9 && fields[1].endsWith(end) && fields[3].equals(LISTENING_STATE))
                        .map(fields -> fields[9])
                        .findFirst();
                if (inode.isPresent()) {
                    return inode;
                }
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<ProcessHandle> holderOf(String inode) {
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process, "socket:[" + inode + "]"))
                .findFirst();
    }

    private static boolean holds(ProcessHandle process, String socket) {
        try (var files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
            return files.anyMatch(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().equals(socket);
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (IOException e) {
            return false;
        }
    }
}
