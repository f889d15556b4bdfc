import type { AuditEvent } from "#lib/audit/catalogue.ts";
import type { Metrics } from "./metrics.ts";

/** Counts an event of the trail: by its type, and sign-ins, activations and letters by what they are asked about. */
export function countEvent(metrics: Metrics, event: AuditEvent): void {
  metrics.events.inc({ type: event.type });
  switch (event.type) {
    case "sign_in.succeeded":
      metrics.signIns.inc({ method: methodOf(event.factors), outcome: "succeeded" });
      break;
    case "sign_in.refused":
      metrics.signIns.inc({ method: event.factor, outcome: "refused" });
      metrics.signInRefusals.inc({ factor: event.factor, reason: event.reason });
      break;
    case "google.refused":
      metrics.signIns.inc({ method: "google", outcome: "refused" });
      metrics.signInRefusals.inc({ factor: "google", reason: event.reason });
      break;
    case "account.activated":
      metrics.activations.inc();
      break;
    case "account.registered":
      metrics.registrations.inc();
      break;
    case "letter.handed_over":
    case "letter.delivered":
    case "letter.bounced":
    case "letter.complained":
    case "letter.refused":
    case "letter.moot": {
      const { kind, type } = event;
      metrics.letters.inc({ kind, state: type.slice("letter.".length), transport: metrics.transport });
    }
  }
}

/** "password+totp": each once, in one order whichever was proven first, so that one way to sign in is one series. */
const methodOf = (factors: readonly string[]): string => [...new Set(factors)].sort().join("+");
