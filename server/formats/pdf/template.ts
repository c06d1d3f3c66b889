/** The one template that all pages are made with. It reads data and runs nothing of it. */
export const TEMPLATE = `
#let data = json("data.json")
#let sans = ("Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", "Noto Sans S Chinese", "Noto Emoji")
#let mono = ("DejaVu Sans Mono", "Noto Sans CJK SC", "Noto Sans S Chinese", "Noto Emoji")
#let ink = rgb("#1f2a44")
#let grey = rgb("#5a616d")
#let line-grey = rgb("#b9c2d3")

#set document(title: data.title)
#set text(font: sans, size: 10.5pt, lang: data.lang, region: data.region, dir: if data.rtl { rtl } else { ltr })
#set page(
  paper: data.paper,
  margin: 2.5cm,
  footer: context {
    set text(size: 8.5pt, fill: grey)
    grid(columns: (1fr, auto), data.title, counter(page).display("1 / 1", both: true))
  },
)
#set par(leading: 0.62em, spacing: 0.85em)
#set par.line(numbering: if data.lines { n => text(size: 7.5pt, fill: rgb("#8a93a3"), str(n)) } else { none })
#set list(indent: 0pt, body-indent: 0.7em, marker: ([•], [◦], [▪]), spacing: 0.6em)
#set enum(indent: 0pt, body-indent: 0.7em, spacing: 0.6em)
#show heading: it => {
  set text(fill: ink, size: (17pt, 14.5pt, 12.5pt, 11.5pt, 10.5pt, 10.5pt).at(calc.min(it.level, 6) - 1), weight: "bold", style: if it.level == 6 { "italic" } else { "normal" })
  block(above: (1.5em, 1.4em, 1.35em, 1.3em, 1.3em, 1.3em).at(calc.min(it.level, 6) - 1), below: 0.65em, sticky: true, it.body)
}
#set raw(tab-size: 4)
#show link: it => text(fill: rgb("#1f55b0"), underline(it))
#show raw: set text(font: mono, size: 9pt)
#show raw.where(block: true): it => block(width: 100%, fill: rgb("#f5f6f9"), stroke: 0.5pt + rgb("#d5dae3"), radius: 3pt, inset: 8pt, above: 0.9em, below: 1.1em, { set par(leading: 0.5em, justify: false); set text(dir: ltr); align(left, it) })
#show quote.where(block: true): it => block(width: 100%, inset: if data.rtl { (right: 12pt, rest: 3pt) } else { (left: 12pt, rest: 3pt) }, stroke: if data.rtl { (right: 2.2pt + line-grey) } else { (left: 2.2pt + line-grey) }, above: 0.9em, below: 1em, { set text(fill: rgb("#3a4356")); it.body })

#let sides = (left: left, right: right, center: center)
#let drawn(one) = layout(size => {
  let wide = if one.part != none { one.part * size.width } else { calc.min(one.points * 1pt, size.width) }
  image(one.file, width: wide, alt: one.alt)
})
#let piece(one) = {
  if one.len() > 2 and one.at(2) != none {
    let picture = one.at(2)
    return box(image(picture.file, width: if picture.part != none { picture.part * 16cm } else { calc.min(picture.points * 1pt, 16cm) }, alt: picture.alt))
  }
  if one.len() > 3 and one.at(3) != none { return footnote({ set text(dir: if one.at(3).at(1) { rtl } else { ltr }); one.at(3).at(0) }) }
  let look = data.looks.at(one.at(1))
  let body = if one.at(0) == "\\t" { h(2em) } else { [#one.at(0)] }
  if look.at("bold", default: false) { body = strong(body) }
  if look.at("italic", default: false) { body = emph(body) }
  if look.at("code", default: false) { body = highlight(fill: rgb("#f0f2f6"), extent: 1pt, text(font: mono, size: 0.92em, body)) }
  if look.at("size", default: none) != none { body = text(size: look.size * 10.5 / 11 * 1pt, body) }
  if look.at("colour", default: none) != none { body = text(fill: rgb(look.colour), body) }
  if look.at("height", default: none) == "sub" { body = sub(body) }
  if look.at("height", default: none) == "super" { body = super(body) }
  if look.at("ground", default: none) != none { body = highlight(fill: rgb(look.ground), body) }
  if look.at("underline", default: false) { body = underline(body) }
  if look.at("strike", default: false) { body = strike(body) }
  if look.at("link", default: none) != none { body = link(look.link, body) }
  body
}
#let pieces(all) = all.map(piece).join()

#let ways(one, body) = {
  set text(dir: if one.rtl { rtl } else { ltr })
  set par(justify: one.side == "justify")
  if one.side != none and one.side in sides { align(sides.at(one.side), body) } else { align(start, body) }
}
#let words(one) = if one.r.len() > 0 { if one.h > 0 { heading(level: one.h, pieces(one.r)) } else { pieces(one.r) } }
#let paragraph(one) = {
  if one.r.len() == 0 { v(0.9em, weak: false) } else {
    let body = ways(one, if one.h > 0 { words(one) } else { par(words(one)) })
    if one.indent == 0 { body } else if one.rtl { pad(right: one.indent * 1.6em, body) } else { pad(left: one.indent * 1.6em, body) }
  }
}
#let blocks(all) = {
  for one in all {
    if one.k == "p" { paragraph(one) }
    else if one.k == "code" { raw(one.text, block: true) }
    else if one.k == "list" {
      let first = one.items.first().b.first()
      set text(dir: if first.k == "p" { if first.rtl { rtl } else { ltr } } else { auto })
      let items = one.items.map(item => (item.n, inner(item.b)))
      if one.of == "ordered" { enum(..items.map(item => enum.item(item.at(0), item.at(1)))) } else { list(..items.map(item => list.item(item.at(1)))) }
    }
    else if one.k == "tasks" {
      let first = one.items.first().b.first()
      set text(dir: if first.k == "p" { if first.rtl { rtl } else { ltr } } else { auto })
      list(marker: text(font: "DejaVu Sans", if one.done { "☑" } else { "☐" }), ..one.items.map(item => list.item(inner(item.b))))
    }
    else if one.k == "quote" { quote(block: true, blocks(one.b)) }
    else if one.k == "hr" { block(above: 1.2em, below: 1.2em, line(length: 100%, stroke: 0.75pt + line-grey)) }
    else if one.k == "figure" {
      block(above: 0.9em, below: 1em, width: 100%, breakable: false, {
        align(sides.at(one.side), drawn(one.picture))
        if one.caption != "" { v(0.4em, weak: true); align(sides.at(one.side), text(fill: grey, size: 9.5pt, one.caption)) }
      })
    }
    else if one.k == "table" {
      let cells(row) = row.map(cell => table.cell(fill: if cell.fill != none { rgb(cell.fill) } else { none }, { set text(weight: "bold") if cell.head; blocks(cell.b) }))
      set par.line(numbering: none)
      block(above: 0.9em, below: 1em, table(
        columns: one.widths.map(width => if width == none { 1fr } else { width * 1pt }),
        stroke: 0.5pt + line-grey,
        inset: 5pt,
        ..if one.head { (table.header(..cells(one.rows.first())),) } else { () },
        ..one.rows.slice(if one.head { 1 } else { 0 }).map(cells).flatten(),
      ))
    }
    else if one.k == "contents" {
      set par.line(numbering: none)
      show highlight: it => it.body
      block(above: 0.9em, below: 1.1em, width: 100%, outline(title: none, depth: 6, indent: 1.2em))
    }
    else if one.k == "embed" { align(center, block(above: 0.9em, below: 1em, text(fill: grey, style: "italic", one.text))) }
  }
}

#if data.cover != none {
  page(footer: none, numbering: none)[
    #set par.line(numbering: none)
    #v(28%)
    #par(text(size: 28pt, weight: "bold", fill: ink, data.title))
    #par(text(size: 12pt, fill: grey, data.cover))
  ]
}
#if data.toc != none {
  set par.line(numbering: none)
  show highlight: it => it.body
  show outline.entry.where(level: 1): set block(above: 0.9em)
  outline(title: text(data.toc), depth: 3, indent: 1.2em)
  pagebreak(weak: true)
}
#blocks(data.blocks)
#if data.people.len() > 0 {
  set par.line(numbering: none)
  block(above: 1.2em, below: 1.2em, line(length: 100%, stroke: 0.75pt + line-grey))
  par({ [#data.authors: ]; data.people.map(one => highlight(fill: rgb(one.at(1)), one.at(0))).join(h(0.8em)) })
}
`.replace(
  '#let blocks(all) = {',
  // Items hold blocks and blocks hold items: typst's functions see only what stands before them.
  '#let blocks(all) = {\n  let inner(b) = { for (at, one) in b.enumerate() { if one.k == "p" and at == 0 and one.side == none { words(one) } else { blocks((one,)) } } }',
)
