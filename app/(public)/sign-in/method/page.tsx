import type { Metadata } from "next";
import { getTranslations } from "#lib/text/get-translations.ts";
import { currentSignIn } from "../current-sign-in.ts";
import { AnyMethod } from "./any-method.tsx";
import { NextProof } from "./next-proof.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("method"))("title") };
}

/** Before the first proof the same for everybody; after it, what this account still needs. */
export default async function MethodPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, ceremonyToken, ceremony }, { others }] = await Promise.all([currentSignIn(), searchParams]);
  return ceremony.proofs.length === 0 ? (
    <AnyMethod ceremony={ceremony} />
  ) : (
    <NextProof ctx={ctx} ceremonyToken={ceremonyToken} asked={others !== undefined} />
  );
}
