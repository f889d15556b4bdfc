import { Callout } from "#components/ui/callout.tsx";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

const notices = [
  "googleCancelled",
  "googleFailed",
  "googleUnreachable",
  "googleUnverified",
  "googleNotLinked",
  "linked_elsewhere",
  "already_linked",
  "last_way",
  "not_linked",
] as const;

/** How a way through Google ended, where it did not end as wished; `code` is the page's `?notice=`. */
export async function GoogleNotice({ code }: { code: unknown }) {
  const notice = notices.find((each) => each === code);
  if (!notice) return null;
  const t = await getTranslations("google.notice");
  // Where nobody registers by themselves no link leads there.
  const said = notice === "googleNotLinked" && config().registration === "closed" ? "googleNotLinkedClosed" : notice;
  return (
    <Callout tone={notice === "googleCancelled" ? "info" : "warn"}>
      <p>{t.rich(said, { a: (words) => <a href="/register">{words}</a> })}</p>
    </Callout>
  );
}
