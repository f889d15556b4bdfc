"use client";
import { useMemo } from "react";
import { PasskeyForm } from "#components/passkey/passkey-form.tsx";
import type { CeremonyWords } from "#components/passkey/trouble.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { approveByPasskey } from "./actions.ts";

type Props = {
  uid: string;
  approvalId: string;
  digest: string;
  words: { submit: string };
  ceremony: CeremonyWords;
};

/** The passkey is asked for this content and no other: its challenge is made of the digest of what is shown. */
export function ApproveByPasskey({ uid, approvalId, digest, words, ceremony }: Props) {
  const approves = useMemo(() => ({ approvalId, digest }), [approvalId, digest]);
  return (
    <PasskeyForm
      action={approveByPasskey}
      where="here"
      words={ceremony}
      approves={approves}
      className={buttonClass({ block: true })}
      face={() => words.submit}
      fields={
        <>
          <input type="hidden" name="uid" value={uid} />
          <input type="hidden" name="digest" value={digest} />
        </>
      }
    />
  );
}
