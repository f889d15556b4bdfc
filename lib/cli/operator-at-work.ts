import { randomBytes } from "node:crypto";
import type { Doer } from "#lib/audit/record.ts";

/** Whoever is at the command line, as the trail names them. */
export const operatorAtWork = (): Doer => ({
  now: () => new Date(),
  actor: { kind: "operator" },
  request: {
    id: randomBytes(12).toString("base64url"),
    ip: "127.0.0.1",
    device: "kunci",
    deviceToken: null,
    language: "ms",
  },
});
