import type { Reach } from "#lib/relying-party/outbound/may-be-called.ts";
import type { Config } from "../config.ts";

/** Where this deployment may call the systems of others. */
export const reachOf = ({ relyingPartyNetworks, mode }: Pick<Config, "relyingPartyNetworks" | "mode">): Reach => ({
  networks: relyingPartyNetworks,
  loopback: mode === "demo",
});
