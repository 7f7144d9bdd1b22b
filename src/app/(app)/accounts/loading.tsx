import { Skeleton } from "~/components/ui/states";

/** The loading state, in the size of the page, so that nothing jumps. */
export default function Loading() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-4">
      <Skeleton className="h-9 w-64" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-80 w-full" />
    </div>
  );
}
