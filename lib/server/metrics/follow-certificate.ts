import { Gauge, type Registry } from "prom-client";
import { hours, minutes } from "#lib/kernel/time.ts";
import { lookAtCertificate } from "../health/certificate.ts";

/** It changes every few weeks. */
const LOOKED_AT_EVERY = hours(1);
/** Nobody answers there while proxy and portal start together. */
const LOOKED_AGAIN = minutes(1);

/**
 * When the certificate ends that browsers are shown at the portal's address. It is looked at in the background, so that asking for
 * metrics waits for nobody; absent where nobody answers there, or where there is none.
 */
export function followCertificate(
  registry: Registry,
  origin: string,
  look: typeof lookAtCertificate = lookAtCertificate,
): () => void {
  const gauge = new Gauge({
    name: "kunci_certificate_end_timestamp_seconds",
    help: "When the certificate of the portal's address ends.",
    registers: [registry],
  });
  gauge.remove();
  if (!origin.startsWith("https:")) return () => undefined;
  let next: NodeJS.Timeout | undefined;
  let ended = false;
  const again = async (): Promise<void> => {
    const seen = await look(origin);
    if ("endsAt" in seen) gauge.set(seen.endsAt.getTime() / 1_000);
    else gauge.remove();
    if (!ended) next = setTimeout(again, "endsAt" in seen ? LOOKED_AT_EVERY : LOOKED_AGAIN).unref();
  };
  void again();
  return () => {
    ended = true;
    clearTimeout(next);
  };
}
