import type { Metadata } from "next";
import { Missing } from "#app/missing.tsx";
import { answerWith } from "#lib/server/answer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("errors"))("notFoundTitle") };
}

/** Every address without a page. A page of its own, since Next.js would send a not-found.tsx along with each page there is. */
export default function MissingPage() {
  answerWith(404);
  return <Missing />;
}
