import { getLocale } from "next-intl/server";
import { ErrorSummary } from "#components/form/error-summary.tsx";
import { messages } from "#lib/text/messages.ts";

/** The summary of a page of choices whose post held none of them. */
export async function WrongChoice({ field, message }: { field: string; message: string }) {
  const { form } = messages[await getLocale()];
  return <ErrorSummary errors={[{ id: field, message }]} words={{ one: form.errorOne, many: form.errorMany }} />;
}
