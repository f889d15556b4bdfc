import { getBrowserCapabilities, platformAuthenticatorIsAvailable } from "@simplewebauthn/browser";

/** What this browser on this machine can do: `false` where it says that it cannot, `true` where it can or does not say. */
export type Works = { here: boolean; elsewhere: boolean };

/** Asks the browser (WebAuthn L3 §5.1.7), and older ones the older way. `elsewhere` needs Bluetooth, so that the phone is near. */
export async function whatWorks(): Promise<Works> {
  const [said, platform] = await Promise.all([getBrowserCapabilities(), platformAuthenticatorIsAvailable()]);
  return {
    here: platform || said.userVerifyingPlatformAuthenticator === "supported",
    elsewhere: said.hybridTransport !== "unsupported",
  };
}
