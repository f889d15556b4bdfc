import { isIP } from "node:net";
import { checkServerIdentity, connect } from "node:tls";
import { days, seconds } from "#lib/kernel/time.ts";
import { codeOf } from "./look-at-database.ts";

const PATIENCE = seconds(5);
/** Three weeks: a renewal that failed (Let's Encrypt tries 30 days ahead) has had nine, and there is time to do it by hand. */
export const RENEWED_BEFORE = days(21);

/**
 * The certificate that people's browsers are shown at this origin. `distrust`: why this machine does not believe it
 * (OpenSSL's code), null where it does; `isAnothers`: it is not for this host. Refused with the system's code where nobody answers there by TLS.
 */
export type Certificate = { endsAt: Date; isAnothers: boolean; distrust: string | null };

export async function lookAtCertificate(origin: string): Promise<Certificate | { unreached: string }> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, "");
  // What is shown is looked at whether or not it is believed; nothing is said over this connection.
  const socket = connect({
    host,
    port: Number(port || 443),
    ...(isIP(host) ? {} : { servername: host }),
    rejectUnauthorized: false,
  });
  try {
    return await new Promise((give) => {
      socket.setTimeout(PATIENCE, () => give({ unreached: "no answer" }));
      socket.once("error", (fault: NodeJS.ErrnoException) => give({ unreached: fault.code ?? "unknown" }));
      socket.once("secureConnect", () => {
        const shown = socket.getPeerCertificate();
        const why = socket.authorizationError as unknown;
        give({
          endsAt: new Date(shown.valid_to),
          isAnothers: checkServerIdentity(host, shown) !== undefined,
          distrust: socket.authorized ? null : typeof why === "string" ? why : codeOf(why),
        });
      });
    });
  } finally {
    socket.destroy();
  }
}
