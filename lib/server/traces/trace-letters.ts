import type { Transport } from "#lib/mail/transports/transport.ts";
import { inSpan } from "./tracing.ts";

/** A span for each hand-over of a letter: what carries it, and the code it was refused with. Never to whom, nor what it says. */
export const traceLetters = (transport: Transport): Transport => ({
  name: transport.name,
  handOver: (message) =>
    inSpan(
      `hand over by ${transport.name}`,
      "client",
      { "kunci.transport": transport.name, "kunci.letter_id": message.id },
      () => transport.handOver(message),
      (outcome) => (outcome.ok ? undefined : outcome.reason),
    ),
  close: () => transport.close(),
});
