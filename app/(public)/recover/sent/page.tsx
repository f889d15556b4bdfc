import type { Metadata } from "next";
import { RESET_LIFETIME } from "#lib/mail/letters.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { sendResetAgain } from "../actions.ts";
import { enterResetCode } from "../code/actions.ts";
import { LetterSent } from "../letter-sent.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recover.sent"))("title") };
}

export default function SentPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  return (
    <LetterSent
      asked="forgot"
      form="/recover"
      enterCode={enterResetCode}
      sendAgain={sendResetAgain}
      lifetime={RESET_LIFETIME}
      guide="forgot-password"
      searchParams={searchParams}
    />
  );
}
