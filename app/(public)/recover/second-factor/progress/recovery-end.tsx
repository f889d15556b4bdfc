import type { RecoveryRefusal } from "#lib/recovery/lost-factor/view-recovery.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LinkEnd } from "../../link-end.tsx";

const doors = {
  completed: { href: "/sign-in", words: "signIn" },
  locked: { href: "/recover", words: "unlock" },
} as const satisfies Partial<Record<RecoveryRefusal, { href: string; words: string }>>;

const askAgain = { href: "/recover/second-factor/start", words: "ask" } as const;

/** A mailed link that leads no further: what became of it, and the way on. */
export async function RecoveryEnd({ why }: { why: RecoveryRefusal }) {
  const t = await getTranslations("lostFactor.ends");
  const door = why === "completed" || why === "locked" ? doors[why] : askAgain;
  return (
    <LinkEnd
      words={{ heading: t(`${why}.heading`), text: t(`${why}.text`) }}
      done={why === "completed"}
      next={{ href: door.href, words: t(door.words) }}
    />
  );
}
