import { Skeleton } from "~/components/ui/states";

/** A page on its way: the size of what comes, so that nothing jumps. */
export default function Loading() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-4">
      <Skeleton className="h-9 w-64" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-80 w-full" />
    </div>
  );
}
