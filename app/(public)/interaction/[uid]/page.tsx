import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { showApproval } from "#lib/relying-party/approval/show-approval.ts";
import { wayOf } from "#lib/relying-party/interaction/find-system.ts";
import { noteRefusal } from "#lib/relying-party/interaction/note-refusal.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Approve } from "./approve/approve.tsx";
import { NotApprovable } from "./approve/not-approvable.tsx";
import { Consent } from "./consent.tsx";
import { currentWay } from "./current-way.ts";
import { EnrolNeeded } from "./enrol-needed.tsx";
import { Expired } from "./expired.tsx";
import { GoOn } from "./go-on.tsx";
import { NoAccess } from "./no-access.tsx";
import { OtherPerson } from "./other-person.tsx";
import { StepUpNeeded } from "./step-up-needed.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("interaction"))("title") };
}

/** Between a system and the portal: whatever is missing before somebody is led back to the system, one thing at a time. */
export default async function InteractionPage({ params }: { params: Promise<{ uid: string }> }) {
  const { uid } = await params;
  const { ctx, way } = await currentWay(uid);
  const { kept, system, person, next } = way;
  if (kept === null || next.step === "expired") return <Expired />;
  const on = { uid, system };
  if (next.step === "go_on") return <GoOn {...on} isBack={kept.isAnswered} />;
  if (person === null) redirect(signInPath(wayOf(uid)));
  switch (next.step) {
    case "other_person":
      return <OtherPerson {...on} person={person} />;
    case "no_access":
      await noteRefusal(ctx, system, { reason: next.why, since: kept.startedAt });
      return <NoAccess {...on} ctx={ctx} person={person} why={next.why} />;
    case "enrol":
      await noteRefusal(ctx, system, { reason: "level_out_of_reach", since: kept.startedAt });
      return <EnrolNeeded {...on} level={next.level} />;
    case "step_up":
      return <StepUpNeeded {...on} why={next.why} level={next.level} />;
    case "consent":
      return <Consent {...on} person={person} scopes={next.scopes} />;
    case "not_approvable":
      return <NotApprovable {...on} person={person} why={next.why} />;
    case "approve": {
      const shown = await showApproval(ctx, next.approvalId);
      if (shown.ok) return <Approve {...on} person={person} shown={shown.value} by={next.by} />;
      // Somebody was quicker since this page began to be made.
      return shown.error === "decided" ? (
        redirect(wayOf(uid))
      ) : (
        <NotApprovable {...on} person={person} why={shown.error} />
      );
    }
    default:
      return redirect(signInPath(wayOf(uid)));
  }
}
