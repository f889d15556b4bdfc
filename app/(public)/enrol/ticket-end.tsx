import type { TicketRefusal } from "#lib/recovery/enrolment/begin-enrolment.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LinkEnd } from "../recover/link-end.tsx";

const doors = {
  unknown: { href: "/enrol?code", words: "typeCode" },
  expired: { href: "/recover/second-factor", words: "again" },
  cancelled: { href: "/recover/second-factor", words: "again" },
  used: { href: "/sign-in", words: "signIn" },
  locked: { href: "/recover", words: "unlock" },
} as const satisfies Record<TicketRefusal, { href: string; words: string }>;

/** A ticket that leads no further: what became of it, and the way on. */
export async function TicketEnd({ why }: { why: TicketRefusal }) {
  const t = await getTranslations("enrol.ends");
  const { href, words } = doors[why];
  return (
    <LinkEnd
      words={{ heading: t(`${why}.heading`), text: t(`${why}.text`) }}
      done={why === "used"}
      next={{ href, words: t(words) }}
    />
  );
}
