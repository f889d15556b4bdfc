import type { Metadata } from "next";
import { viewTicket } from "#lib/recovery/enrolment/begin-enrolment.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentEnrolment } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { AskForCode } from "./ask-for-code.tsx";
import { Choose } from "./choose.tsx";
import { TicketEnd } from "./ticket-end.tsx";
import { TicketShown } from "./ticket-shown.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("enrol"))("title") };
}

/**
 * Enrolling a second factor with a ticket: its code, where no link was opened here; what will happen; and, after the
 * password, the enrolment itself, which is all that such a session may do.
 */
export default async function EnrolPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [enrolment, { code, type, stopped }] = await Promise.all([currentEnrolment(), searchParams]);
  if (enrolment) return <Choose ctx={enrolment.ctx} session={enrolment.session} stopped={stopped} />;
  const token = await readCookie("enrolment");
  if (token === null || code !== undefined || type !== undefined) return <AskForCode type={type} />;
  const ticket = await viewTicket(await currentContext(), token);
  return ticket.ok ? <TicketShown ticket={ticket.value} /> : <TicketEnd why={ticket.error} />;
}
