import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { OFFICES_PAGE } from "#lib/campaign/board/board-filters.ts";
import type { Progress as Standing } from "#lib/campaign/board/progress.ts";
import { everybody, percentDone } from "#lib/campaign/board/progress.ts";
import type { OfficeStanding } from "#lib/campaign/board/standing.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { boardPath, peoplePath } from "../../paths.ts";
import { Progress } from "./progress.tsx";
import type { Seen } from "./seen.ts";

/** A bar an office, which leads to its people. */
export async function ByOffice({ page, ...seen }: Seen & { page: number }) {
  const [t, states] = await Promise.all([
    getTranslations("campaignBoard.board"),
    getTranslations("campaignBoard.boardStates"),
  ]);
  const { board, chosen, figures } = seen;
  const pages = Math.max(1, Math.ceil(board.offices.length / OFFICES_PAGE));
  const at = Math.min(page, pages);
  const shown = board.offices.slice((at - 1) * OFFICES_PAGE, at * OFFICES_PAGE);
  const other = (to: number) => `${boardPath(board.campaign.id, chosen, to)}#by-office`;
  return (
    <section className="card" aria-labelledby="by-office">
      <div className="card-head">
        <h2 className="h3" id="by-office">
          {chosen.state === null ? t("byOffice") : t("byOfficeState", { state: states(chosen.state).toLowerCase() })}
        </h2>
        <BarKey />
      </div>
      {board.offices.length === 0 ? (
        <div className="empty">
          <h3 className="h4">{t("nobodyHeading")}</h3>
          <p>{t("nobodyText")}</p>
        </div>
      ) : (
        <ul className="standings">
          {shown.map((standing) => (
            <Office key={standing.office.id} {...seen} standing={standing} />
          ))}
        </ul>
      )}
      {pages > 1 && (
        <nav className="actions" aria-label={t("officePages")}>
          {at > 1 && (
            <LinkButton variant="second" small href={other(at - 1)} rel="prev">
              {t("previous")}
            </LinkButton>
          )}
          <span className="muted">{t("officePage", { page: figures.number(at), pages: figures.number(pages) })}</span>
          {at < pages && (
            <LinkButton variant="second" small href={other(at + 1)} rel="next">
              {t("next")}
            </LinkButton>
          )}
        </nav>
      )}
    </section>
  );
}

async function Office({ board, chosen, figures, standing }: Seen & { standing: OfficeStanding }) {
  const [t, words] = await Promise.all([
    getTranslations("campaignBoard.board"),
    getTranslations("campaignBoard.hindrances"),
  ]);
  const { office, progress, hindrance } = standing;
  const whom = { phase: chosen.phase, officeId: office.id, state: chosen.state };
  return (
    <li className="standing">
      <div className="top-line">
        <a href={peoplePath(board.campaign.id, whom)}>
          {office.code} {office.name}
        </a>
        <span className="pct">{percentDone(progress) ?? 0}%</span>
      </div>
      <Progress progress={progress} figures={figures} />
      <Figured progress={progress} figures={figures} />
      {hindrance && (
        <p className="held">
          <Icon name="warn" small />
          {t("held", { count: figures.number(hindrance.people), hindrance: words(hindrance.hindrance) })}
        </p>
      )}
    </li>
  );
}

/** A bar's figures in words. */
export async function Figured({ progress, figures }: Pick<Seen, "figures"> & { progress: Standing }) {
  const t = await getTranslations("campaignBoard.board");
  const { done, underWay, notBegun } = progress;
  return (
    <p className="figured">
      <span>{t("figuresOf", { done: figures.number(done), all: figures.number(everybody(progress)) })}</span>
      <span>{t("underWay", { count: figures.number(underWay) })}</span>
      <span>{t("notBegun", { count: figures.number(notBegun) })}</span>
    </p>
  );
}

/** What each colour of a bar stands for. */
export async function BarKey() {
  const t = await getTranslations("campaignBoard.boardStates");
  return (
    <p className="bar-key">
      {(["done", "under_way", "not_begun"] as const).map((state, n) => (
        <span key={state}>
          <i className={`sw b${n + 1}`} aria-hidden />
          {t(state)}
        </span>
      ))}
    </p>
  );
}
