import { Missing } from "#app/missing.tsx";
import { orElse } from "#app/or-else.tsx";
import { SiteFrame } from "#app/site-frame.tsx";
import { currentSession } from "#lib/server/request/current-session.ts";
import { signOut } from "./sign-out.ts";

async function AccountMissing() {
  const session = await currentSession();
  return (
    <SiteFrame {...(session && { account: { name: session.fullName, signOut } })}>
      <Missing />
    </SiteFrame>
  );
}

export const orMissing = orElse(AccountMissing);
