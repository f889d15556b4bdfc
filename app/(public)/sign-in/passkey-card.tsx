import { getLocale } from "next-intl/server";
import { PasskeyMethod } from "#components/passkey/passkey-method.tsx";
import type { MethodLook } from "#components/ui/method-card.tsx";
import { messages } from "#lib/text/messages.ts";
import { signInWithPasskey } from "./passkey-actions.ts";

const places = { passkey: "here", otherDevice: "elsewhere" } as const;

type PasskeyCardProps = { method: keyof typeof places; look: MethodLook };

/** Biometrics of this device, or of a phone by QR code. */
export async function PasskeyCard({ method, look }: PasskeyCardProps) {
  const { passkeys, method: words } = messages[await getLocale()];
  const { card, ceremony } = passkeys;
  const where = places[method];
  return (
    <PasskeyMethod
      action={signInWithPasskey}
      where={where}
      words={ceremony}
      look={{ ...look, withoutScript: words.needsScript }}
      cannot={{ no_browser: card.noBrowser, not_here: card[where] }}
      fields={<input type="hidden" name="card" value={method} />}
    />
  );
}
