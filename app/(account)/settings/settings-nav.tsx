// In the browser's share for its weight only, like the frame: the list stands twice in the page, its words travel once.
"use client";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import type { SettingsPage } from "./settings-pages.ts";

type Item = { page: SettingsPage; path: string; icon: IconName; name: string };
type SettingsNavProps = { label: string; here: SettingsPage; items: readonly Item[] };

/** Beside the page; on a phone folded away above it. Of the two lists the browser shows and tells only one. */
export function SettingsNav({ label, here, items }: SettingsNavProps) {
  const current = items.find(({ page }) => page === here);
  const list = (
    <nav aria-label={label}>
      <ul className="side-list">
        {items.map(({ page, path, icon, name }) => (
          <li key={page}>
            <a href={path} aria-current={page === here ? "page" : undefined}>
              <Icon name={icon} small />
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
  return (
    <>
      <div className="side">{list}</div>
      <details className="side-m">
        <summary>
          {current && <Icon name={current.icon} small />}
          <span className="sr">{label}:</span> {current?.name}
          <Icon name="down" small />
        </summary>
        {list}
      </details>
    </>
  );
}
