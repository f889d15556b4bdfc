import type { CDPSession, Page } from "@playwright/test";

/** What an authenticator of the browser's own test bench holds (CDP, domain WebAuthn). */
export type Authenticator = {
  /** Whether the person touches it when asked. Said before it is asked. */
  present: (is: boolean) => Promise<void>;
  /** Whether the fingerprint, face or PIN is right. */
  recognises: (is: boolean) => Promise<void>;
  credentials: () => Promise<{ credentialId: string; userName?: string; userDisplayName?: string }[]>;
};

type Wanted = {
  /** `internal`: of this device. `hybrid`: a phone that scanned the QR code. */
  transport: "internal" | "hybrid";
  /** Kept on one device, or synced to the others of its owner. */
  synced?: boolean;
};

const benches = new WeakMap<Page, CDPSession>();

async function benchOf(page: Page): Promise<CDPSession> {
  const kept = benches.get(page);
  if (kept) return kept;
  const bench = await page.context().newCDPSession(page);
  await bench.send("WebAuthn.enable", { enableUI: false });
  benches.set(page, bench);
  return bench;
}

/** Gives the page's browser an authenticator that keeps passkeys. Nobody touches it until told to. */
export async function addAuthenticator(page: Page, { transport, synced = false }: Wanted): Promise<Authenticator> {
  const bench = await benchOf(page);
  const { authenticatorId } = await bench.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: transport as "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: false,
      defaultBackupEligibility: synced,
      defaultBackupState: synced,
    },
  });
  return {
    present: async (enabled) => {
      await bench.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
    },
    recognises: async (isUserVerified) => {
      await bench.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    credentials: async () => (await bench.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}
