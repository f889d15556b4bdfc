import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isForThePortal, type Trouble } from "./trouble.ts";

/** `approves`: what somebody was shown, and gives their word for with this passkey. */
export type Purpose = "sign-in" | "autofill" | "enrol" | Approves;
export type Approves = { approvalId: string; digest: string };

/** Asks the portal for what the browser is to ask its authenticators: a challenge of five minutes, and for whom. */
export async function requestOptions<Options>(purpose: Purpose): Promise<Result<Options, Trouble>> {
  try {
    const answer = await fetch("/api/passkey/options", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(typeof purpose === "string" ? { purpose } : { purpose: "approve", ...purpose }),
    });
    if (answer.ok) return ok((await answer.json()) as Options);
    if (answer.status === 429) return refuse("too_many");
    const { error } = (await answer.json().catch(() => ({}))) as { error?: string };
    return refuse(isForThePortal(error) ? error : "failed");
  } catch {
    return refuse("offline");
  }
}
