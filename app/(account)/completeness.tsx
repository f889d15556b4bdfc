import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PartsBar } from "#components/ui/parts-bar.tsx";
import type { Completeness, CompletenessItem } from "#lib/account/profile/completeness.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

type Props = { completeness: Completeness };

/** How complete a profile is: a bar, and each thing with the way to it. For whoever asks for all of it or a part. */
export async function CompletenessCard({ completeness }: Props) {
  const t = await getTranslations("completeness");
  const { items, done, of } = completeness;
  return (
    <section className="card" aria-labelledby="complete">
      <Head id="complete" heading={t(done === of ? "complete" : "heading")} completeness={completeness} />
      <ul className="todo">
        {items.map((item) => (
          <Line key={item.key} item={item} />
        ))}
      </ul>
    </section>
  );
}

async function Line({ item: { key, done, waits, path } }: { item: CompletenessItem }) {
  const t = await getTranslations("completeness");
  return (
    <li className={done ? undefined : "open"}>
      <Icon name={done ? "tick-circle" : waits ? "clock" : "circle"} className={done ? "i-ok" : undefined} />
      <span>
        <span className="sr">{t(done ? "done" : "open")} </span>
        {t(`names.${key}`)}
        {waits && <small>{t("waits")}</small>}
      </span>
      {!done && (
        <LinkButton variant="quiet" small href={path}>
          {t(`do.${key}`)}
          <span className="sr">: {t(`names.${key}`)}</span>
        </LinkButton>
      )}
    </li>
  );
}

/** The same in short, for the first page: what is left to do. Nothing once all of it is done. */
export async function CompletenessShort({ completeness }: Props) {
  const t = await getTranslations("completeness");
  const { items, done, of } = completeness;
  if (done === of) return null;
  const left = items.filter((item) => !item.done && !item.waits);
  return (
    <section className="card" aria-labelledby="complete">
      <Head id="complete" heading={t("short.heading")} completeness={completeness} />
      {left.length === 0 ? (
        <p className="muted">{t("short.waiting")}</p>
      ) : (
        <>
          <p className="muted">{t("short.next")}</p>
          <ul className="todo-links">
            {left.map(({ key, path }) => (
              <li key={key}>
                <a href={path}>{t(`names.${key}`)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <LinkButton variant="second" small href="/settings/profile">
        {t("short.open")}
      </LinkButton>
    </section>
  );
}

async function Head({ id, heading, completeness: { items, done, of } }: Props & { id: string; heading: string }) {
  const t = await getTranslations("completeness");
  return (
    <>
      <div className="card-head">
        <h2 className="h3" id={id}>
          {heading}
        </h2>
        <Badge tone={done === of ? "ok" : "gold"} icon={done === of ? "check" : undefined}>
          {t("count", { done, of })}
        </Badge>
      </div>
      <PartsBar
        done={done}
        waiting={items.filter(({ waits }) => waits).length}
        of={of}
        label={t("bar", { done, of })}
      />
    </>
  );
}
