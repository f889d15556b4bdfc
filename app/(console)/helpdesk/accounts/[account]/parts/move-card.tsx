import { hindranceOf } from "#lib/campaign/board/hindrances.ts";
import type { KeptMove } from "#lib/campaign/people/kept-moves.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { campaignPath } from "../../../../admin/campaigns/paths.ts";
import { saidAt, type Words } from "../../../said.ts";

/** How far somebody has come in the campaigns that are for them. Nothing where none is. */
export async function MoveCard({ moves, ...words }: Words & { moves: readonly KeptMove[] }) {
  if (moves.length === 0) return null;
  const [t, board] = await Promise.all([getTranslations("move.desk"), getTranslations("campaignBoard")]);
  const left = ({ missing, heldUpBy }: KeptMove) => [
    ...(heldUpBy === "letter_bounced" || heldUpBy === "not_activated"
      ? [board(`hindrances.${hindranceOf(heldUpBy)}`)]
      : []),
    ...missing.map((each) => board(`needs.${each}`)),
  ];
  return (
    <section className="card" aria-labelledby="move">
      <h2 className="h3" id="move">
        {t("heading")}
      </h2>
      <dl className="facts">
        {moves.map((move) => (
          <div key={move.campaignId}>
            <dt>
              <a href={campaignPath(move.campaignId)}>{words.language === "ms" ? move.nameMs : move.nameEn}</a>
            </dt>
            <dd>
              {board(`personStates.${move.state}`)} ·{" "}
              {move.phase === null ? t("noPhase") : t("phase", { number: move.phase })}
              {move.completedAt && ` · ${t("since", { at: saidAt(move.completedAt, words) })}`}
              {move.state !== "done" && (
                <>
                  <br />
                  {t("left", { what: left(move).join(", ") })}
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
