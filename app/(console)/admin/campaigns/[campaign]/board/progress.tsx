import { SplitBar } from "#components/chart/split-bar.tsx";
import type { Progress as Standing } from "#lib/campaign/board/progress.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { Figures } from "../../figures.ts";

/** How far people have come, in a bar. */
export async function Progress({ progress, figures }: { progress: Standing; figures: Figures }) {
  const t = await getTranslations("campaignBoard.list");
  const { done, underWay, notBegun } = progress;
  return (
    <SplitBar
      parts={[done, underWay, notBegun]}
      label={t("bar", {
        done: figures.number(done),
        underWay: figures.number(underWay),
        notBegun: figures.number(notBegun),
      })}
    />
  );
}
