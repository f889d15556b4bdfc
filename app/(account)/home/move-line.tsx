import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { isDoable, type MoveItem } from "#lib/campaign/people/checklist.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/**
 * One thing of somebody's move: there, or left to do with the way to it, or somebody else's to do. `button`: where there is
 * room, the way is a button beside it.
 */
export async function MoveLine({ item, button = false }: { item: MoveItem; button?: boolean }) {
  const t = await getTranslations("move");
  const { key, done, waitsFor } = item;
  const doable = isDoable(item);
  const name = t(`${done ? "done" : "todo"}.${key}`);
  return (
    <li className={done ? undefined : "open"}>
      <Icon name={done ? "tick-circle" : waitsFor ? "clock" : "circle"} className={done ? "i-ok" : undefined} />
      <span>
        <span className="sr">{t(done ? "isDone" : "isOpen")} </span>
        {doable && !button ? <a href={`/home/move/do/${item.key}`}>{name}</a> : name}
        {!done && waitsFor && <small>{t(`waits.${waitsFor}`)}</small>}
        {!done && button && key === "second_factor" && (
          <small>{t.rich("orApp", { a: (words) => <a href="/home/move/do/app">{words}</a> })}</small>
        )}
      </span>
      {doable && button && (
        <LinkButton variant="quiet" small href={`/home/move/do/${item.key}`}>
          {t(`short.${item.key}`)}
          <span className="sr">: {name}</span>
        </LinkButton>
      )}
    </li>
  );
}
