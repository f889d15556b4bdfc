type WorkTabsProps = {
  label: string;
  items: readonly { href: string; here: boolean; name: string; count: string }[];
};

/** What there is to work through, and how much of each. */
export function WorkTabs({ label, items }: WorkTabsProps) {
  return (
    <nav aria-label={label}>
      <ul className="work-tabs">
        {items.map(({ href, here, name, count }) => (
          <li key={href}>
            <a href={href} aria-current={here ? "page" : undefined}>
              <span>{name}</span> <span className="n">{count}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
