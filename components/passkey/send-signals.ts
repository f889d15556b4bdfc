import { sendSignal } from "@simplewebauthn/browser";

/**
 * What the owner's password managers should know, ids in base64url: which passkeys still open the account, and what it
 * is called.
 */
export type Accepted = {
  rpId: string;
  /** The account's user handle. */
  userId: string;
  credentialIds: string[];
  name: string;
  displayName: string;
};

/**
 * Tells the browser, which hides or deletes the passkeys that were removed (WebAuthn L3 §5.1.10). One that cannot is
 * left alone.
 */
export async function signalAccepted(accepted: Accepted): Promise<void> {
  const { rpId: rpID, userId: userID, name: userName, displayName: userDisplayName } = accepted;
  const allAcceptedCredentialIDs = accepted.credentialIds;
  await quietly(
    sendSignal({ signalName: "allAcceptedCredentials", rpID, userID, allAcceptedCredentialIDs }),
    sendSignal({ signalName: "currentUserDetails", rpID, userID, userName, userDisplayName }),
  );
}

/** A passkey was offered that no account has any more, so that the browser stops offering it. */
export const signalUnknown = ({ rpId, credentialId }: { rpId: string; credentialId: string }): Promise<void> =>
  quietly(sendSignal({ signalName: "unknownCredential", rpID: rpId, credentialID: credentialId }));

// A signal is a courtesy: nothing waits for it, and browsers without it throw.
const quietly = async (...signals: Promise<unknown>[]): Promise<void> => void (await Promise.allSettled(signals));
