import { registrationOf } from "#lib/relying-party/provider/clients/registrations.ts";
import { openSignOut, type SignOutAsked } from "#lib/relying-party/provider/sign-out/sign-out-request.ts";
import { currentContext } from "#lib/server/request/current-context.ts";

export type AskedSignOut = SignOutAsked & {
  /** The system that asked, where it said who it is. */
  system: string | null;
  /** Where it wants people back, with what it wants to know again; registered, as the provider has seen. */
  back: string | null;
};

/** What a system asked for, by the address of the page that asks. Null of anything but the provider's own words. */
export async function askedSignOut(request: unknown): Promise<AskedSignOut | null> {
  const asked = openSignOut(await currentContext(), request);
  if (!asked) return null;
  const system = (asked.clientId && registrationOf(asked.clientId)?.name) || null;
  return { ...asked, system, back: backOf(asked) };
}

function backOf({ postLogoutRedirectUri, state }: SignOutAsked): string | null {
  if (postLogoutRedirectUri === null || state === null) return postLogoutRedirectUri;
  const back = new URL(postLogoutRedirectUri);
  back.searchParams.set("state", state);
  return back.href;
}
