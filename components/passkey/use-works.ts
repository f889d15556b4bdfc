"use client";
import { useEffect, useState } from "react";
import type { Where } from "./trouble.ts";

/** `no_browser`: it knows nothing of passkeys. `not_here`: it does, but this machine lacks what that way needs. */
export type Standing = "unknown" | "works" | "not_here" | "no_browser";

export const knowsPasskeys = (): boolean => typeof PublicKeyCredential === "function";

/**
 * Whether that way can work in this browser on this machine; unknown until the browser has been asked, and without
 * script.
 */
export function useWorks(where: Where): Standing {
  const [standing, setStanding] = useState<Standing>("unknown");
  useEffect(() => {
    if (!knowsPasskeys()) return setStanding("no_browser");
    let gone = false;
    void works[where]()
      // A browser that cannot say is taken to be able.
      .catch(() => true)
      .then((can) => {
        if (!gone) setStanding(can ? "works" : "not_here");
      });
    return () => {
      gone = true;
    };
  }, [where]);
  return standing;
}

const works: Record<Where, () => Promise<boolean>> = {
  here: () => PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable(),
  // WebAuthn L3 §5.1.7: false without Bluetooth, which shows that the phone is near. Older browsers cannot say.
  elsewhere: async () => (await PublicKeyCredential.getClientCapabilities?.())?.hybridTransport !== false,
};
