import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Missing } from "#app/missing.tsx";
import { orElse } from "#app/or-else.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { type MailboxLetter, readMailbox } from "#lib/mail/read-mailbox.ts";
import { config } from "#lib/server/config.ts";
import { portal } from "#lib/server/portal.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Enough for a demonstration; the rest can be read as data. */
const SHOWN = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("mailbox"))("title") };
}

async function MailboxPage() {
  if (config().mode !== "demo") notFound();
  const [t, letters] = await Promise.all([getTranslations("mailbox"), readMailbox(portal(), SHOWN)]);
  return (
    <div className="wrap page mailbox">
      <div className="mailbox-head">
        <h1>{t("title")}</h1>
        <LinkButton href="/mailbox" variant="second" icon="again">
          {t("refresh")}
        </LinkButton>
      </div>
      <p className="lead">{t("lead")}</p>
      {letters.length === 0 ? (
        <div className="empty">
          <Chip icon="mail" />
          <h2 className="h3">{t("empty")}</h2>
          <p>{t("emptyText")}</p>
          <LinkButton href="/register">{t("emptyButton")}</LinkButton>
        </div>
      ) : (
        <ol className="letters">
          {letters.map((letter, place) => (
            <li key={letter.letterId}>
              <Letter letter={letter} open={place === 0} />
            </li>
          ))}
        </ol>
      )}
      {letters.length === SHOWN && <p className="muted">{t("shown", { count: SHOWN })}</p>}
    </div>
  );
}

async function Letter({ letter, open }: { letter: MailboxLetter; open: boolean }) {
  const [t, language] = await Promise.all([getTranslations("mailbox"), getLocale()]);
  const address = `/mailbox/${letter.letterId}`;
  return (
    <details className="mail" name="letter" open={open}>
      <summary>
        <Icon name="mail" />
        <span className="mail-line">
          <strong>{letter.subject}</strong>
          <span>
            <MailAddress address={letter.to} />
          </span>
        </span>
        <time dateTime={letter.sentAt.toISOString()}>{formatDate(letter.sentAt, language)}</time>
        <Icon name="down" className="chev" />
      </summary>
      <div className="mail-body">
        <iframe
          src={address}
          title={t("frame", { subject: letter.subject, to: letter.to })}
          sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
          loading={open ? "eager" : "lazy"}
        />
        <p className="mail-ways">
          <a href={address} target="_blank" rel="noopener">
            {t("alone")}
          </a>
        </p>
        <details className="mail-text">
          <summary>
            {t("plain")}
            <Icon name="down" small className="chev" />
          </summary>
          <pre>{letter.text}</pre>
        </details>
      </div>
    </details>
  );
}

export default orElse(Missing)(MailboxPage);
