import type { Delivery } from './delivery.ts'

/** Of what has ended so many notices are kept to look at. */
const NOTICES_KEPT = 5

/** A message that has ended, as it is kept: its first notices, without their courses. */
export function shortened(delivery: Delivery): Delivery {
  const kept = delivery.notices.slice(0, NOTICES_KEPT).map((notice) => {
    const { course: _, ...alert } = notice.alert
    return { ...notice, alert }
  })
  return { ...delivery, notices: kept, more: delivery.more + delivery.notices.length - kept.length }
}
