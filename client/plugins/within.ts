/** What `work` gives within `limit` ms. @throws Error with `late` when it takes longer, and whatever `work` rejects with */
export async function within<T>(work: Promise<T>, limit: number, late: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(late)), limit)
  })
  try {
    return await Promise.race([work, over])
  } finally {
    clearTimeout(timer)
  }
}
