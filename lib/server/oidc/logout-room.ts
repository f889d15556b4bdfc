import type { LogoutRoom } from "#lib/relying-party/logout/tell-relying-party.ts";
import { MOUNT } from "#lib/relying-party/provider/create-provider.ts";
import type { Portal } from "../portal.ts";
import type { OpenOidc } from "./open-oidc.ts";
import { reachOf } from "./reach-of.ts";

/** What telling relying parties of a sign-out takes: by the keys, and within the networks, of the moment. */
export const logoutRoom = ({ config }: Portal, { keys }: Pick<OpenOidc, "keys">): LogoutRoom => ({
  issuer: `${config.origin}${MOUNT}`,
  signer: keys.signer,
  reach: () => reachOf(config),
});
