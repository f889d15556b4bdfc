import type { Metadata } from "next";
import { LINK_LIFETIME } from "#lib/recovery/lost-factor/recovery-state.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LetterSent } from "../../letter-sent.tsx";
import { sendRecoveryAgain } from "../actions.ts";
import { enterRecoveryCode } from "../code/actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover.sent"))("title") };
}

export default function SentPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  return (
    <LetterSent
      asked="lost"
      form="/recover/second-factor/start"
      enterCode={enterRecoveryCode}
      sendAgain={sendRecoveryAgain}
      lifetime={LINK_LIFETIME}
      searchParams={searchParams}
    />
  );
}
