/** Signs that keyboards lack, with their names in English and German; a line each, groups begin with `#`. */
export const CHARACTERS = `#marks
– en dash;halbgeviertstrich
— em dash;geviertstrich
… ellipsis;auslassung
“ quotation opening;anführung auf englisch
” quotation closing;anführung zu englisch
„ low quotation;anführung auf deutsch
« guillemet opening;guillemet auf
» guillemet closing;guillemet zu
‹ single guillemet opening;einfaches guillemet auf
› single guillemet closing;einfaches guillemet zu
’ apostrophe;apostroph
· middle dot;mittelpunkt
• bullet;aufzählungspunkt
¿ inverted question;umgekehrtes fragezeichen
¡ inverted exclamation;umgekehrtes ausrufezeichen
§ section;paragraf
¶ paragraph;absatzzeichen
† dagger;kreuz
№ number;nummer
© copyright;urheberrecht
® registered;eingetragen
™ trade mark;marke
#currencies
€ euro;euro
£ pound;pfund
¥ yen;yen
¢ cent;cent
₹ rupee;rupie
₽ rouble;rubel
₺ lira;lira
₿ bitcoin;bitcoin
#mathematics
± plus minus;plusminus
× times multiply;mal
÷ divide;geteilt
− minus;minus
≠ not equal;ungleich
≈ approximately;ungefähr
≤ less or equal;kleiner gleich
≥ greater or equal;größer gleich
∞ infinity;unendlich
√ square root;wurzel
∑ sum;summe
∏ product;produkt
∫ integral;integral
∂ partial;partiell
∆ difference delta;differenz delta
∈ element of;element von
∉ not element of;nicht element von
∅ empty set;leere menge
⊂ subset;teilmenge
∪ union;vereinigung
∩ intersection;schnitt
∀ for all;für alle
∃ exists;es gibt
¬ not;nicht
∧ and;und
∨ or;oder
⇒ implies;folgt
⇔ equivalent;äquivalent
° degree;grad
µ micro;mikro
½ one half;ein halb
¼ one quarter;ein viertel
¾ three quarters;drei viertel
² squared;quadrat hoch zwei
³ cubed;hoch drei
‰ per mille;promille
π pi;pi
Ω omega ohm;omega ohm
α alpha;alpha
β beta;beta
γ gamma;gamma
λ lambda;lambda
#arrows
→ right;rechts
← left;links
↑ up;hoch
↓ down;runter
↔ both ways;beide richtungen
↩ return back;zurück
↳ below right;darunter rechts
⇧ shift;umschalt
⌘ command;befehlstaste
⌥ option;wahltaste
⏎ enter;eingabe
✓ check;haken
✗ cross;kreuz
☐ box;kästchen
☑ box ticked;kästchen angehakt
★ star;stern
☆ open star;offener stern
♥ heart;herz`
