import Link from "next/link";

/** What stands around the pages at which people come in. */
export default function DoorLayout({ children }: LayoutProps<"/">) {
  return (
    <main className="mx-auto max-w-[24rem] px-4 py-16">
      <Link href="/" className="inline-flex min-h-6 items-center font-bold tracking-tight text-accent">
        0xBot
      </Link>
      {children}
    </main>
  );
}
