package io.orderflow.console;

import io.orderflow.http.Call;
import java.util.UUID;

/**
 * An operator's wish to have all stories told anew.
 *
 * @param id of the rebuild that it is to become
 */
record RebuildAsked(Call call, UUID id) {}
