# All words of the app in Spanish. One message a line, with the names of the English ones. The person is addressed as “tú”.

app-name = Chartchain
tab-title = { $page } – Chartchain
tab-list = Entradas
skip = Ir al contenido
back = Atrás
cancel = Cancelar
continue = Continuar
not-now = Ahora no
try-again = Intentar de nuevo
opening = Abriendo…
opening-slow = Tarda más de lo normal. Tu historial está a salvo.
later-title = No se pudo cargar esta página
later-why = Puede que se haya cortado la conexión. No se ha perdido nada: inténtalo de nuevo o sigue en otra parte.
someone = esta persona
no-name = Sin nombre
number = { $count }
percent = { $count } %

# Frame
nav-label = Historial
nav-label-short = Páginas principales
nav-home = Inicio
nav-timeline = Cronología
nav-add = Añadir
nav-history = Registro
nav-more = Más
nav-control = Control
nav-take-out = Exportar
nav-records = Historiales
nav-settings = Ajustes
add-to-record = Añadir al historial
search = Buscar
search-hidden = en tu historial
lock = Bloquear
lock-hidden = tu historial
saved-here = Guardado aquí
saved-here-rest = solo en este dispositivo
saved-here-more = { $count ->
    [one] y en otro dispositivo
   *[other] y en otros { $count } dispositivos
}
saved-here-behind = y en parte en otros dispositivos
more-take-out = Guarda tu historial como archivo
more-records = Cambia de historial o empieza otro
more-settings = Bloqueo, colores, tamaño del texto, recuperación

# Sections and kinds
section-test-results = Resultados de pruebas
section-medicines = Medicamentos
section-vitals = Constantes vitales
section-conditions = Enfermedades
section-vaccinations = Vacunas
section-documents = Documentos
section-allergies = Alergias
section-visits = Consultas
section-procedures = Procedimientos
section-plans = Planes de cuidados
kind-notes = Notas
kind-lifestyle = Hábitos
kind-people = Personas
kind-providers = Quién atendió
kind-devices = Aparatos
kind-payments = Pagos
kind-other = Otros
kinds-all = Todo
kinds-label = Tipos de entradas
empty-test-results = No hay resultados de pruebas en el historial de { $name }
empty-medicines = No hay medicamentos en el historial de { $name }
empty-vitals = No hay constantes vitales en el historial de { $name }
empty-conditions = No hay enfermedades en el historial de { $name }
empty-vaccinations = No hay vacunas en el historial de { $name }
empty-documents = No hay documentos en el historial de { $name }
empty-allergies = No hay alergias en el historial de { $name }
empty-visits = No hay consultas en el historial de { $name }
empty-procedures = No hay procedimientos en el historial de { $name }
empty-plans = No hay planes de cuidados en el historial de { $name }
empty-how = Añade un archivo de una clínica y lo que contiene aparecerá aquí.
split-current = Actuales ({ $count })
split-past = Anteriores ({ $count })
medicines-current = Medicamentos actuales ({ $count })
medicines-past = Medicamentos anteriores ({ $count })
medicines-paused = En pausa ({ $count })
medicines-planned = Previstos ({ $count })
medicines-unknown = No se sabe si se toman ({ $count })
medicines-add = Añadir un medicamento
medicine-no-dose = No hay dosis escrita
medicine-as-needed = Cuando haga falta
medicine-differ = Las fuentes difieren
medicine-for = Motivo: { $reason }
medicine-since = Desde { $date }
medicine-others = { $count ->
    [one] Otra entrada lo nombra
   *[other] Otras { $count } entradas lo nombran
}
standing-current = Actual
standing-paused = En pausa
standing-planned = Previsto
standing-unknown = No se sabe si se toma
standing-past = Pasado
doses-today = Hoy, { $day }
doses-taken = { $taken } de { $due } tomadas
doses-none = Según este registro, hoy no toca nada.
doses-free = Sin hora fija
dose-morning = Mañana
dose-midday = Mediodía
dose-evening = Tarde
dose-night = Noche
dose-any-time = A cualquier hora de hoy
dose-more = También anotadas
dose-of = Dosis { $number } de { $due }
dose-taken = Tomada
dose-taken-at = Tomada a las { $time }
dose-missed = No tomada
dose-given = Administrada
dose-not-given = No administrada
dose-undo = Deshacer
dose-note = Anotar una dosis
dose-no-times = El registro no dice cuántas veces al día
dose-said-taken = Anotada como tomada
dose-said-missed = Anotada como no tomada
dose-said-undone = Retirada
log-last-days = Los últimos 7 días
log-open = Ver qué se tomó y qué no
log-title = Tomadas y no tomadas
log-title-of = { $name }: tomadas y no tomadas
log-of-medicine = Anotaciones de { $name }
log-empty = Aún no hay nada anotado
log-empty-how = En la página de medicamentos puedes decir qué tomaste y qué no.
log-of = { $taken } de { $due }
log-so-far = { $taken } de { $due } hasta ahora
log-nothing = No tocaba nada
log-others = { $count } tomadas
log-week = Tomaste { $taken } de las { $due } dosis previstas.
log-week-missed = { $count ->
    [one] No tomaste { $count } dosis.
   *[other] No tomaste { $count } dosis.
}
log-week-open = { $count ->
    [one] De { $count } dosis no hay nada anotado.
   *[other] De { $count } dosis no hay nada anotado.
}
log-week-empty = No hay nada anotado para estos días.
log-key-all = Todas tomadas
log-key-missed = Alguna no tomada
log-key-open = Alguna sin anotar
weekday-short-1 = lun
weekday-short-2 = mar
weekday-short-3 = mié
weekday-short-4 = jue
weekday-short-5 = vie
weekday-short-6 = sáb
weekday-short-7 = dom
card-title = Tarjeta de emergencia
card-lead = Para la cartera o la nevera. Se lee sin teléfono.
card-heading = Resumen para emergencias
card-born = Nacimiento: { $born }
card-allergies = Alergias
card-allergies-none = No hay alergias anotadas en este registro
card-allergies-known = Ninguna conocida, según este registro
card-conditions-none = No hay enfermedades anotadas en este registro
card-conditions-known = Ninguna conocida, según este registro
card-medicines-none = No hay medicamentos actuales anotados en este registro
card-medicines-known = Ninguno conocido, según este registro
card-implants = Implantes y dispositivos
card-implants-none = Ninguno anotado en este registro
card-implants-known = Ninguno conocido, según este registro
card-blood = Grupo sanguíneo
card-blood-none = No está anotado en este registro
card-told = dicho por la persona, sin medir
card-needs = Lo que ayuda
card-call = Llamar a
card-call-none = Nadie anotado en este registro
card-languages = Habla
card-languages-none = No está anotado en este registro
card-left-out = { $count ->
    [one] { $count } entrada no está en esta tarjeta.
   *[other] { $count } entradas no están en esta tarjeta.
}
card-foot = Hecha el { $today } con lo que hay en este registro. Su entrada más reciente se escribió el { $newest }. Puede haber más en otros sitios.
card-print = Imprimir la tarjeta
card-choose = Cambiar lo que contiene
card-choose-why = Lo que quites sigue en tu registro. Tu elección queda en este dispositivo.
card-choose-done = Listo
card-warning = Quien tenga el papel puede leerlo
card-warning-why = El papel no tiene candado. Si lo pierdes, no puedes recuperarlo.
card-print-now = Imprimir
card-print-not = Ahora no
intake-title = Formulario de ingreso
intake-lead = Lo que una clínica pregunta en la primera visita, rellenado con este historial.
intake-person = Quién
intake-none = No hay nada anotado en este historial.
intake-more = { $count ->
    [one] y uno más
   *[other] y { $count } más
}
intake-print = Imprimir el formulario
intake-write = Corregir y firmar
intake-check = Repásalo con la persona. Corrige aquí lo que no sea así; lo que se firma es una nota en el historial.
intake-foot = Hecho el { $today } con lo que hay en este historial. Puede haber más en otros lugares.
rest-in-timeline = Ver el resto en la cronología

# Banner
banner-label = De quién es este historial
born = Nacimiento
born-on = nacimiento: { $date }
born-with-age = { $date } ({ $age })
died = Fallecimiento
died-unknown = fecha desconocida
sex = Sexo
sex-female = femenino
sex-male = masculino
sex-other = otro
sex-unknown = desconocido
made-up = Persona inventada. No es un historial real.
made-up-short = Persona inventada
allergies = Alergias:
allergies-label = Alergias
allergies-none-known = Sin alergias conocidas, según el historial.
allergies-none-noted = No hay alergias anotadas en este historial.
severity-high = riesgo alto
severity-low = riesgo bajo
severity-severe = grave
severity-moderate = moderada
severity-mild = leve
severity-unknown = riesgo desconocido

# First start
start-title = Tu historial de salud, contigo
start-lead = Funciona sin internet. Solo puede leerlo quien conoce tu frase de acceso.
start-begin = Empezar mi historial
start-begin-note = Tus primeras entradas, en unos 60 segundos
start-try = Probar con una persona inventada
start-try-note = Mira primero cómo es. Nada de lo que hagas ahí se guarda.
start-unlock = Desbloquear un historial de este dispositivo
promise-sealed = Cifrado con tu frase de acceso, en este dispositivo
promise-offline = No se envía nada a ninguna parte. No hay cuenta.
promise-unchanged = Nadie puede cambiar una entrada sin que se note
text-larger = Texto más grande
text-normal = Texto normal
colours-dark = Colores oscuros
colours-light = Colores claros
colours-system = Colores de este dispositivo
safari-title = Antes de empezar en este dispositivo
safari-why = Safari puede borrar un historial que no hayas abierto en 7 días.
safari-what = Añade antes Chartchain a tu pantalla de inicio: elige Compartir y luego Añadir a pantalla de inicio.

gone-title = Aquí se guardaba un historial
gone-why = Este navegador lo ha borrado, o alguien borró sus datos. Pasa cuando falta espacio o tras un tiempo sin uso.
gone-what = Una copia de seguridad lo recupera, con tus palabras de recuperación.
gone-fine = Lo sé, empezar de nuevo

# New person and new record
passphrase-title = Elige una frase de acceso
passphrase-lead = Abre tu historial en este dispositivo.
try-title = Prueba con una persona inventada
try-lead = Se está inventando el historial. Nada de lo que hagas en él se guarda: termina al bloquearlo o cerrar la página.
passphrase = Frase de acceso
private-window = No empieces en una ventana privada: el historial desaparece al cerrarla. Si el navegador pregunta si debe guardar datos, di que sí, para que no borre tu historial por su cuenta.
passphrase-hint = Van bien cuatro palabras que no tengan relación, por ejemplo «cobre garza siete lámparas». Al menos 8 caracteres.
passphrase-again = Repite la frase de acceso
passphrase-differs = Las dos frases no coinciden. Escribe la misma dos veces.
passphrase-missing = Escribe tu frase de acceso
passphrase-know-title = Nadie puede restablecerla
passphrase-know = Nosotros no tenemos tu frase. Después recibirás 24 palabras de recuperación para anotar.
show = Mostrar
hide = Ocultar
show-passphrase = Mostrar la frase de acceso
hide-passphrase = Ocultar la frase de acceso
sealing = Cifrando… tarda unos segundos
strength-short = Demasiado corta: al menos 8 caracteres.
strength-weak = Fácil de adivinar. Añade una o dos palabras más.
strength-fair = Aceptable. Con una palabra más será segura.
strength-strong = Segura.
new-record-title = ¿De quién es el historial?
new-record-lead = Tuyo o de alguien a quien cuidas.
name = Nombre
name-hint = Como lo escriben las clínicas
name-missing = Escribe un nombre
birth-date = Fecha de nacimiento
birth-hint = Por ejemplo 14 3 1968. Déjala vacía si no la sabes.
birth-wrong = Escribe un día que ya haya pasado, como 14 3 1968
day = Día
month = Mes
year = Año
sex-label = Sexo en los historiales médicos
sex-female-long = Femenino
sex-male-long = Masculino
sex-other-long = Otro
sex-unsaid = Sin indicar
new-record-begin = Empezar este historial
new-record-or = O mira primero cómo es
new-record-made-up = Un historial inventado queda aparte del tuyo y nunca se mezcla con él.
founding = Empezando el historial…
emblem-yours = Tu emblema es «{ $word }». Aparece en la pantalla de bloqueo en lugar de tu nombre.
emblem-why = Tu emblema. Tu nombre no se guarda a la vista.

# Unlock
unlock-who = ¿Quién eres?
unlock-who-lead = Elige tu emblema. Ningún nombre se guarda a la vista.
unlock-title = Desbloquea tu historial
unlock = Desbloquear
unlocking = Desbloqueando…
unlock-someone-else = Otra persona
unlock-other = Alguien nuevo en este dispositivo
unlock-add-person = Añadir a una persona
locked-asked = Bloqueado. Tus claves ya no están en la memoria.
locked-idle = Bloqueado porque nadie hizo nada durante un rato.
locked-other-tab = Bloqueado porque se bloqueó en otra pestaña.
forgotten-title = ¿Has olvidado tu frase de acceso?
forgotten-head = Nadie puede consultarla
forgotten = Prueba las frases que más usas, con y sin espacios. Tus 24 palabras de recuperación también abren tu historial.
forgotten-use-words = Usar mis palabras de recuperación
forgotten-words-title = Abrir con tus palabras de recuperación
forgotten-words-lead = Escribe las 24 palabras de tu papel.
forgotten-new-title = Elige una nueva frase de acceso
forgotten-open = Abrir mi historial
forgotten-else-title = ¿No tienes las palabras a mano?
forgotten-file = ¿Tienes un archivo de recuperación? Ábrelo arriba, en «Otras formas de dar las palabras».
forgotten-device = ¿Está abierto tu historial en otro dispositivo? Haz allí una copia de seguridad y comprueba allí las palabras.
forgotten-else = Sin frase, palabras ni archivo de recuperación nadie puede abrir este historial aquí, ni siquiera nosotros.

# Emblems
emblem-heron = Garza
emblem-lantern = Farol
emblem-kite = Cometa
emblem-anchor = Ancla
emblem-acorn = Bellota
emblem-bell = Campana
emblem-teapot = Tetera
emblem-compass = Brújula
emblem-feather = Pluma
emblem-fish = Pez
emblem-lighthouse = Faro
emblem-moon = Luna
emblem-mountain = Montaña
emblem-mushroom = Seta
emblem-pear = Pera
emblem-sailboat = Velero
emblem-shell = Concha
emblem-snail = Caracol
emblem-star = Estrella
emblem-tree = Árbol
emblem-umbrella = Paraguas
emblem-tulip = Tulipán
emblem-cup = Taza
emblem-bridge = Puente

# Records
records-title = Historiales
records-lead = ¿Qué historial quieres abrir?
records-search = Buscar a una persona
records-search-hint = Por nombre o fecha de nacimiento, por ejemplo: ana ruiz 1970
records-found = { $count ->
    [0] No se encontró a nadie.
    [one] { $count } historial
   *[other] { $count } historiales
}
records-more = { $count ->
    [one] Uno más: escribe más del nombre.
   *[other] { $count } más: escribe más del nombre.
}
records-new = Empezar otro historial
records-apart = Cada historial es un libro aparte. Los historiales nunca se mezclan.
record-open = Abierto ahora

# Home
home-title = Tu historial de salud
home-empty = El historial de { $name } está vacío
home-empty-how = Añade un archivo de una clínica o de una aplicación. Se queda en este dispositivo.
home-latest = Últimos valores
home-medicines = Medicamentos actuales
home-medicines-all = Ver todos los medicamentos
home-new = Novedades
home-new-order = Lo último que llegó, primero
home-see-all = Ver todo en la cronología
home-copies = Copias
home-record = Tu historial
count-medicines = { $count ->
    [one] { $count } medicamento
   *[other] { $count } medicamentos
  }
count-entries = { $count ->
    [0] Ninguna entrada
    [one] { $count } entrada
   *[other] { $count } entradas
  }
copies-one = Guardado solo en este dispositivo
copies-why = Si lo pierdes, el historial desaparece. Saca una copia y guárdala en un lugar seguro.
copies-more = { $count ->
    [one] En { $count } dispositivo
   *[other] En { $count } dispositivos
}
copies-more-why = Cada uno de estos dispositivos lo tiene todo. La copia que saques ayuda si se pierden todos.
copies-behind = Aún no está entero en otro dispositivo
copies-behind-why = A otros dispositivos les falta una parte. Pasa cuando te conectas, o por sí sola.
copies-do = Sacar una copia
copies-backup = Última copia de seguridad: { $date }
recovery-card-title = Tarjeta de recuperación: pendiente
recovery-card-done = Hecho:
recovery-card-open = Pendiente:
recovery-card-words = palabras de recuperación anotadas y comprobadas
recovery-card-backup = una copia de seguridad de tu historial
recovery-card-backup-on = última copia de seguridad: { $date }
recovery-card-backup-why = Tus palabras abren tu historial, pero no lo contienen. Una copia de seguridad sí.
recovery-card-backup-time = Cerca de 1 minuto.
recovery-card-why = Tus 24 palabras de recuperación se crearon el { $date }. Anótalas: abren tu historial si olvidas tu frase de acceso.
recovery-card-do = Terminar tu tarjeta de recuperación
recovery-card-time = Unos 4 minutos. Necesitas papel y bolígrafo.
usual = Habitual: { $range }
analytes-caption = { $count ->
    [one] { $count } cosa medida, con su valor más reciente
   *[other] { $count } cosas medidas, con sus valores más recientes
  }
analyte-name = Medido
analyte-values = { $count ->
    [one] { $count } valor
   *[other] { $count } valores
  }
no-range = Sin intervalo habitual
no-meaning = No se dice
others-heading = Informes y otras entradas
review-newest = Valor más reciente
source-unknown = Sin nombre
review-over-time = Ver cómo evoluciona: { $name }
open-thing = Abrir: { $name }
before = antes
no-date = Sin fecha

# Timeline
search-label = Busca en tu historial
search-example = Por ejemplo: azúcar en sangre, Dra. Marsh
from-whom = De quién
everyone = Todos
source-count = { $source } ({ $count })
when = Cuándo
period-all = Todo el tiempo
period-3-months = Últimos 3 meses
period-12-months = Últimos 12 meses
period-5-years = Últimos 5 años
period-10-years = Últimos 10 años
print = Imprimir o guardar
showing = { $shown ->
    [one] Se muestra { $shown } de { $total } entradas, primero las más recientes
   *[other] Se muestran de 1 a { $shown } de { $total } entradas, primero las más recientes
  }
shown-of = { $shown } de { $total } a la vista
show-more = Mostrar { $count } más
filters-clear = Mostrar todo
nothing-found = No se encontró nada
nothing-found-how = Prueba con menos palabras, otra ortografía o menos filtros.
month-unknown = Sin fecha
from-you = escrito por ti
from-source = registrado por { $source }
from-signer = escrito y firmado por { $name }
from-file-of = traído por { $name }
from-file = traído por ti
from-you-after = anotado por ti, escrito primero por { $first }
from-signer-after = escrito y firmado por { $name }, escrito primero por { $first }
from-source-of = registrado por { $source }, incorporado por { $name }
signer-patient = el paciente
signer-nobody = alguien que no pertenece a este registro
signer-named = { $name } ({ $role })
signed-first-by = Escrito y firmado primero por: { $first }
flag-wrong = Escrito por error
flag-superseded = Versión anterior

# Entry
entry = Entrada
result = Resultado
usual-range = Intervalo habitual
what-it-means = Qué significa
detail = Detalle
status = Estado
full-name = Nombre completo
recorded = Quién
over-time = A lo largo del tiempo
series-caption = { $name }, primero lo más reciente
taken = Fecha
value = Valor
this-one = { $when } (este)
no-data = Sin datos
trend-title = { $name } a lo largo del tiempo
trend-how = Gráfico de valores a lo largo del tiempo. Las flechas del teclado van de un valor a otro. La tabla tiene los mismos valores.
trend-no-unit = Sin unidad escrita
trend-point = { $when }: { $value }
trend-point-meaning = { $point }. { $meaning }
trend-here = Este es el valor que estás leyendo.
trend-open = Abrir esta entrada
review-open = Abrir la entrada más reciente
trend-upper = Número alto
trend-lower = Número bajo
trend-less-than = Menos que esto
trend-more-than = Más que esto
trend-gap = Sin valores
trend-gap-hours = durante unas horas
trend-gap-row = Sin valores: { $time }
trend-table-show = Mostrar como tabla
trend-table-hide = Ocultar la tabla
trend-rose = Subió de { $first } a { $last } entre { $from } y { $to }.
trend-fell = Bajó de { $first } a { $last } entre { $from } y { $to }.
trend-level = { $last } tanto al principio ({ $from }) como al final ({ $to }).
trend-pressure = De { $first } a { $last } entre { $from } y { $to }.
trend-highest = El más alto en medio fue { $high } ({ $high_when }).
trend-lowest = El más bajo en medio fue { $low } ({ $low_when }).
trend-between = En medio, el más alto fue { $high } ({ $high_when }) y el más bajo { $low } ({ $low_when }).
trend-all-high = { $count ->
    [2] Los dos valores están por encima del intervalo habitual.
   *[other] Los { $count } valores están por encima del intervalo habitual.
  }
trend-all-low = { $count ->
    [2] Los dos valores están por debajo del intervalo habitual.
   *[other] Los { $count } valores están por debajo del intervalo habitual.
  }
trend-all-within = { $count ->
    [2] Los dos valores están dentro del intervalo habitual.
   *[other] Los { $count } valores están dentro del intervalo habitual.
  }
trend-newest-high = El valor más reciente está por encima del intervalo habitual.
trend-newest-low = El valor más reciente está por debajo del intervalo habitual.
trend-newest-within = El valor más reciente está dentro del intervalo habitual.
trend-outside = { $count ->
    [0] De { $total } valores con intervalo habitual, ninguno está fuera de él.
    [one] De { $total } valores con intervalo habitual, { $count } está fuera de él.
   *[other] De { $total } valores con intervalo habitual, { $count } están fuera de él.
  }
trend-range-changed = El intervalo habitual ha cambiado con el tiempo. El sombreado es el más reciente.
trend-limits = { $count ->
    [one] De { $count } valor solo se sabe que es menor o mayor que un límite. Se dibuja como una flecha en el límite.
   *[other] De { $count } valores solo se sabe que son menores o mayores que un límite. Se dibujan como flechas en el límite.
  }
trend-spans = Un trazo plano muestra cuánto puede abarcar una fecha escrita sin su día.
trend-thinned = Se dibujan { $drawn } de { $total } valores: el más alto y el más bajo de cada tramo de tiempo.
trend-newest-only = Estos son los { $count } valores más recientes de { $total }.
trend-converted = { $count ->
    [one] { $count } valor estaba escrito en otra unidad. Se dibuja convertido, y la tabla muestra los dos números.
   *[other] { $count } valores estaban escritos en otra unidad. Se dibujan convertidos, y la tabla muestra los dos números.
  }
trend-both-units = { $written } ({ $drawn })
trend-withdrawn = { $count ->
    [one] Se deja fuera { $count } valor escrito por error.
   *[other] Se dejan fuera { $count } valores escritos por error.
  }
trend-ranges = { $count ->
    [one] De { $count } valor solo se conoce un intervalo. Se dibuja como una barra.
   *[other] De { $count } valores solo se conoce un intervalo. Se dibujan como barras.
  }
trend-between-two = En algún punto entre los dos
trend-units = Los valores vienen en { $count } unidades. Unidades distintas nunca comparten una escala.
trend-not-drawn = { $count ->
    [one] { $count } valor está solo en la tabla: no tiene número o fecha, o es el único en su unidad.
   *[other] { $count } valores están solo en la tabla: no tienen número o fecha, o son los únicos en su unidad.
  }
more-facts = Qué más dice
linked = Va junto con
versions = Versiones
versions-note = Nada se sobrescribe: las versiones anteriores se pueden leer siempre.
versions-unlisted = { $count ->
    [one] Se conserva { $count } versión anterior más que no aparece aquí.
   *[other] Se conservan { $count } versiones anteriores más que no aparecen aquí.
  }
versions-all = También versiones anteriores de las entradas
flag-disputed = Versiones distintas
versions-until = Hasta
versions-name = Nombre
versions-live = { $count ->
    [one] { $count } versión de esta entrada
   *[other] { $count } versiones de esta entrada
  }
versions-why = Varios dispositivos la cambiaron sin saber unos de otros. No se perdió nada, y se muestran todas las versiones hasta que alguien decida.
versions-open = Comparar y decidir
versions-title = Versiones de esta entrada
versions-lead = Conserva la correcta o escríbela de nuevo.
versions-by = Versión: { $name }
versions-differs = Distinto en otra versión
versions-keep = Conservar esta
versions-keep-about = de { $name }, firmada { $when }
versions-more = { $count ->
    [one] Hay { $count } más. Aparece cuando decidas sobre estas.
   *[other] Hay { $count } más. Aparecen cuando decidas sobre estas.
  }
versions-none-right = ¿Ninguna es correcta?
versions-anew = Escribirla de nuevo
versions-settled = Esta entrada tiene ahora una sola versión.
versions-open-entry = Abrir la entrada
versions-question = ¿Es correcta esta versión?
versions-now-why = cuenta en lugar de las otras, en todos los dispositivos de este historial.
versions-stays-why = todas las versiones, legibles como anteriores.
versions-undo-why = modificas la entrada otra vez.
versions-do = Conservar esta versión
versions-not = Volver
versions-done = Decidido. Ahora cuenta esta versión.
versions-acts = Esta entrada tiene varias versiones. Decide cuál es correcta antes de cambiarla.
versions-replaces = { $count ->
    [one] Lo que guardes sustituye a { $count } versión.
   *[other] Lo que guardes sustituye a las { $count } versiones.
  }
home-disputed = { $count ->
    [one] { $count } entrada tiene varias versiones
   *[other] { $count } entradas tienen varias versiones
  }
home-disputed-more = { $count ->
    [one] Hay { $count } entrada más así. Aparece cuando decidas sobre estas.
   *[other] Hay { $count } entradas más así. Aparecen cuando decidas sobre estas.
  }
source-heading = Origen
source-show = Origen tal como se escribió (FHIR R4)
source-label = Origen tal como se escribió
copy = Copiar
copied = Copiado
copy-failed = El navegador no permitió copiar
absent-why = El origen dice por qué: { $why }
trust-heading = ¿Puedo fiarme de esto?
trust-words = Su bloque se firmó al escribirlo. Si algo cambia en él, la firma ya no encaja.
trust-verify = Comprobar todo
signed-by = Firmado por
signed-on = Firmado el
signed-by-you = Tú, en este dispositivo
signed-by-other = Otro dispositivo de este historial
time-doubtful = El reloj del dispositivo era dudoso.
time-doubtful-short = (reloj dudoso)
recorded-by = Registrado por
recorded-by-note = Según el archivo. No lo han firmado ellos.
brought-in = Traído
brought-in-from = De { $name }, { $date }
pasted = texto pegado
file-digest = Huella del archivo: { $digest }
date-written = Fecha tal como se escribió
codes = Códigos
group = Grupo
block = Bloque
block-place = Número { $seq } de este dispositivo, parte { $segment }, fila { $row }
when-with-zone = { $date } ({ $zone })
date-to-date = { $from } a { $to }
date-from = desde { $from }
date-until = hasta { $to }
zone-missing = sin zona horaria escrita
zone-utc = UTC
zone-offset = UTC { $offset }
compartment-general = General
compartment-emergency = Emergencia
compartment-mental = Salud mental
compartment-sexual = Salud sexual y reproductiva
compartment-substances = Alcohol y drogas
compartment-genomics = Hallazgos genéticos
compartment-violence = Violencia y abuso

# Values and their meaning
value-yes = Sí
value-no = No
value-absent = Sin valor
range-between = { $low } a { $high }
range-from = desde { $low }
range-up-to = hasta { $high }
unit-per-minute = por minuto
unit-points = puntos
meaning-normal = Dentro del intervalo habitual
meaning-high = Por encima del intervalo habitual
meaning-very-high = Muy por encima del intervalo habitual
meaning-critical-high = Críticamente alto, según el origen
meaning-low = Por debajo del intervalo habitual
meaning-very-low = Muy por debajo del intervalo habitual
meaning-critical-low = Críticamente bajo, según el origen
meaning-abnormal = Fuera de lo normal, según el origen
meaning-critical = Crítico, según el origen
meaning-positive = Positivo: encontrado
meaning-negative = Negativo: no encontrado
meaning-indeterminate = Sin respuesta clara
meaning-susceptible = Responde a este medicamento
meaning-resistant = No responde a este medicamento
meaning-intermediate = Responde en parte a este medicamento
change-less = { $size } menos que { $when }
change-more = { $size } más que { $when }
change-none = Igual que { $when }
in-month = en { $month }
on-day = el { $day }

# Statuses
status-recorded = Guardado aquí
status-witnessed = Confirmado por { $have } de { $needed } necesarios
status-final = Fijado
status-quarantined = En cuarentena
status-void = Nulo
fhir-active = activo
fhir-taking = actual
fhir-final = final
fhir-amended = modificado
fhir-corrected = corregido
fhir-preliminary = provisional
fhir-registered = registrado
fhir-partial = parcial
fhir-given = puesta
fhir-course-ended = tratamiento terminado
fhir-completed = completado
fhir-finished = terminado
fhir-stopped = interrumpido
fhir-on-hold = en pausa
fhir-cancelled = cancelado
fhir-draft = borrador
fhir-error = escrito por error
fhir-inactive = inactivo
fhir-resolved = resuelto
fhir-remission = en remisión
fhir-recurrence = ha vuelto
fhir-not-done = no realizado
fhir-in-progress = en curso
fhir-planned = previsto
fhir-arrived = llegó
fhir-current = actual
fhir-superseded = sustituido
fhir-intended = previsto
fhir-unknown = desconocido

# Dates
date-day = { $day } de { $month } de { $year }
date-month = { $month } de { $year }
date-day-short = { $day } { $month }
date-with-time = { $date }, { $time }
date-weekday = { $weekday }, { $date }
clock-hours = 24
time-24 = { $hour }:{ $minutes }
time-am = { $hour }:{ $minutes } a. m.
time-pm = { $hour }:{ $minutes } p. m.
time-midnight = medianoche
time-midday = mediodía
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
month-1-short = ene
month-2-short = feb
month-3-short = mar
month-4-short = abr
month-5-short = may
month-6-short = jun
month-7-short = jul
month-8-short = ago
month-9-short = sep
month-10-short = oct
month-11-short = nov
month-12-short = dic
weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo
age-years = { $count ->
    [one] { $count } año
   *[other] { $count } años
  }
age-months = { $count ->
    [one] { $count } mes
   *[other] { $count } meses
  }
age-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
  }

# Add
add-title = Añadir al historial
add-lead = Para el historial de { $name }
add-reading-title = Leyendo el archivo
add-running-title = Añadiendo al historial
add-looking = Mirando lo que contiene…
add-sent = { $sent } de { $size }
drop-here = Suelta un archivo aquí
choose-file = Elegir un archivo
file-kinds = FHIR R4 en JSON o NDJSON, de una clínica, una aplicación de salud u otro historial.
one-file-title = Un archivo cada vez
one-file = Elige un archivo. Cuando esté dentro, añade el siguiente.
paste-instead = Pegar texto en su lugar
paste-label = Texto de un recurso o paquete FHIR
paste-hint = JSON o NDJSON, tal como lo copiaste
paste-read = Leer este texto
where-from = ¿De dónde saco un archivo así?
where-from-clinic = Pregunta en tu clínica o busca en su portal de pacientes «descargar mi historial» o «exportar FHIR». Muchas aplicaciones de salud también exportan.
where-from-stays = El archivo se lee en este dispositivo y no se envía a ninguna parte.
add-failed-title = No se pudo añadir
nothing-changed = Nada ha cambiado en tu historial.
add-choose-again = Elegir otro archivo
add-done-title = { $count ->
    [one] { $count } entrada añadida
   *[other] { $count } entradas añadidas
  }
add-known-title = No hay nada nuevo en este archivo
add-done = Guardado y firmado en este dispositivo.
add-kept = Lo que se guardó antes sigue ahí. Puedes añadir otra vez el mismo archivo: nada entra dos veces.
add-go-on = Seguir con él
add-put-away = Dejar fuera el resto
add-cancelled-title = Se detuvo la operación
add-see = Verlas en la cronología
add-another = Añadir otro archivo
imported-added = { $count ->
    [one] { $count } entrada nueva
   *[other] { $count } entradas nuevas
  }
imported-amended = { $count ->
    [one] { $count } versión nueva de una entrada que ya estaba. La anterior se puede seguir leyendo.
   *[other] { $count } versiones nuevas de entradas que ya estaban. Las anteriores se pueden seguir leyendo.
  }
imported-known = { $count ->
    [one] { $count } ya estaba aquí
   *[other] { $count } ya estaban aquí
  }
imported-rejected = { $count ->
    [one] { $count } no se pudo leer y quedó fuera
   *[other] { $count } no se pudieron leer y quedaron fuera
  }
found-title = Qué hay en este archivo
found-bundle = Un paquete FHIR ({ $kind })
found-resource = Un recurso FHIR ({ $kind })
found-ndjson = FHIR, un recurso por línea
found-people = ¿De quién son las entradas que van al historial de { $name }?
found-nobody-title = El archivo no nombra a nadie
found-nobody = Sus entradas van al historial de { $name }. Míralas antes si no estás seguro.
found-unnamed = Entradas que no nombran a nadie
found-filter = Busca a una persona en este archivo
found-filter-hint = Nombre, fecha de nacimiento o referencia
found-filter-none = Nadie en este archivo encaja con eso
found-chosen = { $count ->
    [0] Aún no has elegido a nadie.
    [one] { $count } persona elegida.
   *[other] { $count } personas elegidas.
  }
found-types = Qué contiene
found-known = { $count ->
    [one] { $count } de ellas ya está aquí
   *[other] { $count } de ellas ya están aquí
  }
found-import = { $count ->
    [one] Añadir { $count } entrada
   *[other] Añadir { $count } entradas
  }
found-import-none = Añadir entradas
found-put-away = Descartar el archivo
same = La misma persona
unclear = No se sabe
different = Otra persona
choose-person = Elige de quién son las entradas que se añaden
different-title = Parece ser otra persona
different-why = El nombre, la fecha de nacimiento o el sexo no coinciden con { $name }. Las entradas de otra persona pueden hacer daño.
different-confirm = Sé que estas entradas son de { $name }
confirm-different = Marca que sabes de quién son estas entradas o deja fuera a esa persona
rejected-title = { $count ->
    [one] { $count } cosa no se puede leer
   *[other] { $count } cosas no se pueden leer
  }
rejected-why = Quedan fuera. Todo lo demás se puede añadir.
rejected-more = { $count ->
    [one] y { $count } más
   *[other] y { $count } más
  }
at-line = Línea { $line }:
at-place = Entrada { $place }:
at-unknown = En algún lugar:

# Write by hand
write-heading = Escribir a mano
write-note = Elige qué es
write-save = Guardar
write-saved = Guardado y firmado en este dispositivo.
sort-symptom = Síntoma
sort-measurement = Medición
sort-medicine = Medicamento
sort-allergy = Alergia o intolerancia
sort-condition = Enfermedad
sort-vaccination = Vacuna
sort-note = Nota
sort-document = Documento o imagen
ask-file = El archivo
ask-file-hint = Un PDF o una imagen, de { $size } como máximo
ask-document-title-hint = Por ejemplo: carta de la clínica de ojos
ask-document-kind = ¿Qué es?
ask-document-day = De qué día es
document-letter = Carta
document-laboratory = Informe de laboratorio
document-imaging = Informe de una radiografía u otra imagen
document-discharge = Informe de alta del hospital
document-operation = Informe de una operación
document-prescription = Receta
document-vaccinations = Cartilla de vacunas
document-directive = Instrucciones previas
document-insurance = Tarjeta del seguro
document-photograph = Fotografía
document-other = Otra cosa
file-camera = Hacer una foto
file-other = Elegir otro archivo
file-about = { $kind }, { $size }
file-kind-pdf = PDF
file-kind-picture = Imagen
file-kind-other = Archivo
file-too-large = Este archivo ocupa más de { $size }. Elige uno más pequeño.
file-unknown = No es ni un PDF ni una imagen. Elige otro archivo.
file-take-out = Exportar este archivo
file-take-out-why = Fuera de Chartchain el archivo ya no está cifrado.
files-heading = Archivos
draft-heading = Empezaste a escribir esto
draft-from = Guardado el { $when }, cifrado en este dispositivo.
draft-go-on = Seguir con tu borrador
draft-anew = Empezar de nuevo
draft-anew-why = Al empezar de nuevo se pierde el borrador.
draft-kept = Tu borrador se guarda en este dispositivo.
draft-not-kept = Tu borrador no se pudo guardar
draft-kept-at = Guardado el { $when }
draft-two = Escribiste esto en dos pestañas
draft-two-why = Los dos textos están guardados. Sigue con uno; el otro se descarta entonces.
draft-go-on-with = Seguir con este texto
other-tab-wrote = Otra pestaña escribió en este borrador
other-tab-saved = Otra pestaña guardó este borrador como entrada
other-tab-away = Otra pestaña descartó este borrador
other-tab-look = Otra pestaña tiene este borrador: elige
other-tab-both = No se sobrescribió nada y los dos textos están guardados. Elige con cuál seguir; el otro se descarta entonces.
other-tab-alone = Lo que escribiste aquí no se ha perdido. Elige qué hacer con ello.
other-tab-compare = Ver los dos, uno junto al otro
other-tab-hide = Ocultar los dos textos
other-tab-here = Escrito aquí
other-tab-there = Escrito en la otra pestaña, guardado el { $when }
other-tab-mine = Conservar el mío
other-tab-mine-new = Seguir con el mío, como entrada nueva
other-tab-theirs = Tomar el otro texto
other-tab-throw = Descartar el mío
other-tab-taken = El formulario tiene ahora el otro texto.
other-tab-stays = El formulario tiene tu texto, y está guardado.
other-tab-thrown = Lo que escribiste ahí se descartó.
optional = { $label } (opcional)
choose = Elegir
ask-symptom = ¿Qué notas?
ask-symptom-hint = Por ejemplo: dolor de cabeza
ask-began = ¿Cuándo empezó?
ask-ended = ¿Cuándo terminó?
ask-severity = ¿Es muy fuerte?
ask-site = En qué parte del cuerpo
ask-comment = Algo más
ask-measured = ¿Qué mediste?
ask-number-hint = Escríbelo como lo muestra el aparato
ask-unit = Unidad
ask-measured-when = ¿Cuándo lo mediste?
ask-day-hint = Por ejemplo 14 3 2026. La hora, de 24 horas, como 21:30, es opcional.
ask-date-hint = Por ejemplo 14 3 2026. Basta con el mes y el año, o solo el año.
ask-clock = Hora
fill-now = Poner la hora actual
fill-today = Poner la fecha de hoy
ask-medicine = Nombre del medicamento
ask-medicine-hint = Como en el envase
ask-taken = ¿Lo tomas ahora?
taken-current = Sí, lo tomo ahora
taken-planned = Todavía no
taken-stopped = Ya no
ask-dose = Dosis
ask-dose-hint = Por ejemplo: 5 mg o 1 comprimido
ask-how-often = Cada cuánto
ask-times = Cuántas veces al día
ask-times-hint = Así la página de medicamentos pregunta por cada dosis.
ask-times-none = No todos los días, o no se sabe
times-a-day = { $count ->
    [1] Una vez al día
    [2] Dos veces al día
   *[other] { $count } veces al día
}
ask-how-often-hint = Por ejemplo: dos veces al día
ask-route = Cómo se toma
ask-route-hint = Por ejemplo: por la boca
ask-reason = Para qué es
ask-since = Desde cuándo
ask-until = Hasta cuándo
ask-substance = ¿A qué tienes alergia?
ask-substance-hint = Por ejemplo: penicilina, cacahuetes
ask-reaction = Qué ocurre
ask-reaction-hint = Por ejemplo: erupción, dificultad para respirar
ask-certainty = ¿Qué certeza tienes?
certainty-sure = Es seguro, o lo ha mostrado una prueba
certainty-suspected = Puede serlo
ask-condition = Nombre de la enfermedad
ask-status = ¿Cómo está ahora?
condition-active = La tengo
condition-remission = Está mejor, pero puede volver
condition-inactive = Ahora no está
condition-resolved = Ya pasó
ask-vaccine = Vacuna, o contra qué
ask-vaccine-hint = Por ejemplo: tétanos
ask-given = ¿Cuándo se puso?
ask-place = Dónde se puso
ask-maker = Fabricante
ask-lot = Número de lote
ask-title = Título
ask-text = Tu nota
ask-about-day = Sobre qué día es
measured-weight = Peso
measured-height = Estatura
measured-temperature = Temperatura corporal
measured-pressure = Presión arterial
measured-pulse = Frecuencia cardíaca
measured-breaths = Respiraciones por minuto
measured-oxygen = Oxígeno en la sangre
measured-sugar = Azúcar en la sangre
measured-hba1c = HbA1c
measured-cholesterol = Colesterol total
measured-hdl = Colesterol HDL
measured-ldl = Colesterol LDL
measured-triglycerides = Triglicéridos
measured-peak-flow = Flujo espiratorio máximo
measured-waist = Cintura
measured-head = Perímetro de la cabeza
value-with-unit = { $value } { $unit }
ask-heading = Míralo otra vez, por favor
ask-right = ¿Es correcto { $value }?
ask-expected = La mayoría de los valores está entre { $low } y { $high }.
ask-upside-down = El número bajo suele ser menor que el alto.
ask-keep = Sí, guardarlo
ask-change = No, cambiarlo
wrong-missing = Rellena este campo
wrong-measured = Elige qué mediste
wrong-date-missing = Escribe una fecha, por ejemplo 14 3 2026
wrong-number-missing = Escribe un número, por ejemplo 72.5
wrong-file-missing = Elige un archivo
wrong-text-missing = Escribe tu nota
wrong-number = Escribe un número solo con cifras, por ejemplo 72.5
wrong-date = Escribe una fecha que exista, por ejemplo 14 3 2026
wrong-day-needed = Escribe también el día
wrong-future = Escribe una fecha que no esté en el futuro
wrong-order = Escribe un final que no sea anterior al principio
wrong-unit = Elige la unidad
wrong-long = Acórtalo: { $size } como máximo
wrong-lasting = Elige que ya pasó o que ahora no está, o quita el final
wrong-other = Revisa este campo
acts-heading = Cambiar esta entrada
acts-old = Es una versión anterior. Solo puedes cambiar la más reciente.
acts-wrong = Se escribió por error. Ya no se puede cambiar.
acts-file = Viene de un archivo y queda como llegó. En su lugar puedes añadir una nota.
acts-note = Escribir una nota
amend = Modificar
amend-title = Modificar esta entrada
amend-lead = La versión anterior se puede seguir leyendo.
amend-none-title = Esta entrada no se puede modificar aquí
amend-none = Dice cosas para las que este formulario no tiene campos. En su lugar puedes escribir una nota.
withdraw = Escrita por error
withdraw-question = ¿Se escribió por error esta entrada?
withdraw-now = A partir de ahora
withdraw-now-why = ya no cuenta.
withdraw-stays = Lo que queda:
withdraw-stays-why = la entrada como la escribiste, legible como versión anterior.
withdraw-undo = Para deshacerlo
withdraw-undo-why = la escribes de nuevo. Esta marca no se puede quitar.
withdraw-do = Marcar como escrita por error
withdraw-keep = Dejarla como está
withdraw-done = Marcada como escrita por error.
move = Es de otra persona
move-question = ¿Esta entrada es de otra persona?
move-now = A partir de ahora
move-now-why = está en su historial, firmada por ti, y aquí ya no cuenta.
move-stays-why = la entrada aquí, marcada como escrita por error y legible como versión anterior.
move-undo-why = la escribes de nuevo. La marca no se puede quitar.
move-whose = ¿De quién es la entrada?
move-missing = Elige de quién es la entrada
move-none = No llevas ningún otro historial al que pueda pertenecer.
move-do = Moverla a este historial
move-done = Movida. Aquí está marcada como escrita por error.
erase = Borrar
erase-question = ¿Borrar esta entrada para siempre?
erase-now = A partir de ahora
erase-now-why = desaparece de este historial con todas sus versiones y archivos. Ni la búsqueda ni las exportaciones la encuentran.
erase-now-versions = { $count ->
    [one] desaparece de este historial con su { $count } versión y sus archivos. Ni la búsqueda ni las exportaciones la encuentran.
   *[other] desaparece de este historial con sus { $count } versiones y los archivos de estas. Ni la búsqueda ni las exportaciones la encuentran.
  }
erase-stays = Lo que queda:
erase-stays-why = que algo se borró, y cuándo. Todo lo demás se puede seguir comprobando.
erase-cannot = Lo que esto no puede hacer:
erase-cannot-why = llegar a archivos que exportaste, a copias de seguridad anteriores ni a copias que hicieron otros.
erase-undo = Para deshacerlo
erase-undo-why = no hay manera.
erase-do = Borrar para siempre
erase-keep = Conservarla
erase-done = Borrada.

# Long work
job-import = Añadiendo al historial
job-verify = Comprobando todo
job-export = Exportando el historial
job-paused = { $job } (en pausa)
job-of-entries = { $done } de { $total } entradas
job-of-checks = { $done } de { $total } comprobadas
job-beginning = Empezando…
job-leave = Puedes salir de esta página. El trabajo sigue.
pause = Pausar
resume = Seguir

# History
history-lead = Cada bloque de tu historial, quién lo firmó y con qué firmeza está fijado.
verify-title = Comprobar todo
verify-what = Abre cada bloque y cada entrada y comprueba que está exactamente como se firmó.
verify-now = Comprobar ahora
verified-last = Última vez sin fallos: { $date }, { $count ->
    [one] { $count } bloque
   *[other] { $count } bloques
  }.
verified-never = Aún no se ha comprobado en este dispositivo.
verify-cancelled-title = Se detuvo la comprobación
verify-cancelled = Hasta ahora no se encontró nada, pero no se miró todo.
verdict-good = Todo está bien
verdict-good-why = Nada en este historial ha cambiado desde que se firmó.
verdict-bad = { $count ->
    [one] { $count } cosa no encaja
   *[other] { $count } cosas no encajan
  }
verdict-bad-why = Lo que aparece aquí está dañado o se cambió después de firmarlo. Todo lo demás está bien.
verdict-bad-do = Saca una copia de lo que está bien. Si tienes otra copia de tu historial, consérvala.
verdict-more = y { $count } más
verdict-blocks = { $count ->
    [one] { $count } bloque
   *[other] { $count } bloques
  }
verdict-signatures = { $count ->
    [one] { $count } firma comprobada
   *[other] { $count } firmas comprobadas
  }
problem-at-block = Bloque { $block }:
problem-at-row = Bloque { $block }, entrada { $row }:
problem-at-unknown = En el almacén:
problem-missing = no está
problem-seal = el sello del almacén de este dispositivo está roto
problem-malformed = no tiene la forma que debe tener
problem-signature = la firma no encaja
problem-chain = no sigue al bloque anterior
problem-content = su contenido no es lo que se firmó
problem-entry = una entrada suya se cambió o no se puede abrir
problem-index = la lista muestra algo distinto de lo que dice el bloque
problem-forked = su autor firmó dos bloques para el mismo lugar
problem-mended = algo guardado estaba dañado. Se conocía por otra parte y vuelve a estar entero; no se ha perdido nada
problem-erased-is-back = algo borrado se guardó otra vez; se borra de nuevo
problem-rolled-back = se pusieron datos viejos en lugar de los nuevos
blocks-all = Todos los bloques
blocks-caption = Bloques, primero los más recientes
blocks-shown = (se muestran { $shown } de { $total })
written = Escrito
what = Qué
size = Tamaño
size-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
  }
by-you-here = tú, este dispositivo
by-other-device = otro dispositivo
block-genesis = Se fundó el historial
block-control = Miembros, dispositivos y claves
block-file = Parte de un archivo
block-erase = Entradas borradas
block-erased = Borrado
block-ack = Confirmación
block-documents = Plan de cuidados, notas o sobre mí
block-unknown = Hecho por una versión más nueva; se conserva como está
block-entries-with = { $count ->
    [one] { $first } y { $count } entrada más
   *[other] { $first } y { $count } entradas más
  }
needs-choice = Necesita que elijas
fork-title = Dos versiones de la página { $seq }
fork-why = Un dispositivo escribió dos veces la misma página de su registro, con contenido distinto. Pasa cuando un teléfono se restaura desde una copia.
fork-calm = No significa que alguien haya hecho algo malo.
fork-save = Guardar la prueba
words-mean = Qué significan las palabras
mean-recorded = En este dispositivo. Nadie más lo ha confirmado todavía.
mean-witnessed = Otro dispositivo lo tiene. Un cambio se notaría.
mean-final = Lo tienen suficientes testigos independientes. No se puede cambiar sin que se vea.
mean-quarantined = Marcado como dudoso. Se muestra y sigue contando.
mean-void = Bien formado, pero incumple una regla del historial.
mean-today = Esta versión guarda una sola copia, en este dispositivo; por eso las entradas dicen «Guardado aquí».

# Take out
take-out-lead = Guarda todo como un archivo que leen otros programas de salud.
format = Archivo
format-hint = Los dos contienen las mismas entradas. NDJSON deja fuera las direcciones completas que necesitan algunos enlaces: para conservarlas, elige el paquete.
format-bundle = Un paquete FHIR (JSON): lo leen la mayoría de los programas
format-ndjson = Un recurso por línea (NDJSON): para historiales grandes y para investigar
take-out-lossless = Cada entrada sale exactamente como entró, con cada elemento y cada cifra.
take-out-question = ¿Guardar tu historial sin cifrar?
take-out-now = A partir de ahora
take-out-now-why = quien abra el archivo lee todo lo que contiene. No tiene frase de acceso.
take-out-stays = Lo que queda:
take-out-stays-why = tu historial en este dispositivo, cifrado como antes.
take-out-undo = Para deshacerlo
take-out-undo-why = borra el archivo en todos los sitios donde se haya copiado.
take-out-do = Guardar el archivo
take-out-keep = No guardarlo
take-out-saving = Escribiendo el archivo…
take-out-saved = Tu historial está guardado como archivo
take-out-holds = { $count ->
    [one] Contiene { $count } recurso, { $size }.
   *[other] Contiene { $count } recursos, { $size }.
  }
job-backup = Haciendo una copia de seguridad
job-of-blocks = { $done } de { $total } bloques
backup-title = Copia de seguridad cifrada
backup-lead = Un archivo con todo, por si pierdes este dispositivo.
backup-open = Hacer una copia de seguridad cifrada
backup-holds-all = Contiene todos tus historiales, con todas las versiones y firmas.
backup-restore = Con ella y tus palabras de recuperación lo recuperas todo, en cualquier navegador.
backup-words-title = Solo la abren tus 24 palabras de recuperación
backup-words = Tu frase de acceso no la abre. Guarda las palabras y el archivo en sitios distintos.
backup-do = Hacer la copia de seguridad
backup-saved = Tu copia de seguridad está guardada
backup-size = { $count ->
    [one] Contiene { $count } historial, { $size }.
   *[other] Contiene { $count } historiales, { $size }.
  }
backup-unreadable = { $count ->
    [one] { $count } bloque está dañado en este dispositivo y no está en la copia.
   *[other] { $count } bloques están dañados en este dispositivo y no están en la copia.
  }
backup-where = Tu navegador la puso donde van las descargas. Sácala de este dispositivo, por ejemplo a una memoria USB.
backup-again = Hacer otra
restore-title = Recuperar una copia de seguridad
restore-lead = Necesitas el archivo de la copia y tus 24 palabras de recuperación.
restore-file = Archivo de la copia
restore-file-hint = Su nombre termina en .backup
restore-file-missing = Elige el archivo de la copia
restore-words-title = Tus 24 palabras de recuperación
restore-passphrase-title = Una frase de acceso para este dispositivo
restore-running = Recuperando tus historiales…
restore-do = Recuperar mis historiales
start-restore = Tengo una copia de seguridad
bring-back-open = Traer una copia de seguridad
bring-back-title = Traer una copia de seguridad
bring-back-lead = Entra lo que está en la copia y falta aquí. Nada de lo que hay aquí cambia.
bring-back-do = Traerla
bring-back-done = Tu copia de seguridad está dentro
bring-back-added = { $count ->
    [0] Todo lo que contiene ya estaba aquí.
    [one] Entró { $count } bloque firmado que faltaba aquí.
   *[other] Entraron { $count } bloques firmados que faltaban aquí.
  }
bring-back-left-out = { $count ->
    [one] { $count } bloque de la copia no se pudo usar.
   *[other] { $count } bloques de la copia no se pudieron usar.
  }
retired-title = Este dispositivo tiene una clave nueva
retired-why = Es probable que este dispositivo se restaurara desde una copia, porque su propia clave había escrito más de lo que había aquí.
retired-now = Desde ahora escribe con una clave nueva, para que nada se contradiga. No tienes que hacer nada.
fault-not-a-backup = Este archivo no es una copia de seguridad. Elige el archivo cuyo nombre termina en .backup
take-out-unreadable-title = No se pudo leer todo
take-out-unreadable = { $count ->
    [one] { $count } entrada de este historial está dañada en este dispositivo y no está en el archivo.
   *[other] { $count } entradas de este historial están dañadas en este dispositivo y no están en el archivo.
  }
damaged = Una parte de este historial ya no se puede leer en este dispositivo.
damaged-label = Daños
damaged-do = Ver cuál y exportar el resto
damaged-short = Dañado
take-out-where = Búscalo donde tu navegador pone las descargas.
take-out-again = Exportar otra vez
take-out-failed = No se pudo escribir el archivo

# Settings
settings-saved = Ajustes guardados
settings-lock = Bloqueo
settings-looks = Aspecto
network-title = Caminos a otros dispositivos
network-hides = Otros dispositivos no deben saber la dirección de este
network-hides-why = Entonces todo pasa por la sala del anfitrión o por el servidor de abajo. El anfitrión ve que hablas y cuánto, nunca qué.
network-stun = Servidor STUN
network-stun-hint = Ayuda a dos dispositivos detrás de routers a encontrarse, por ejemplo: stun:stun.example.org:3478
network-turn = Servidor TURN
network-turn-hint = Transmite lo sellado donde nada más funciona, por ejemplo: turn:turn.example.org:3478?transport=udp
network-user = Nombre en el servidor TURN
network-password = Contraseña en el servidor TURN
network-what = En una misma casa no hace falta ninguno. Un servidor sabe la dirección de este dispositivo. Todo esto se guarda sellado solo en este dispositivo.
network-save = Guardar estos caminos
network-saved = Guardado. Las conexiones nuevas van así.
network-wrong-stun = Escríbelo como stun:, el anfitrión y, si hace falta, un puerto: stun:stun.example.org:3478
network-wrong-turn = Escríbelo como turn: o turns:, el anfitrión y, si hace falta, un puerto: turn:turn.example.org:3478
network-wrong-user = Un servidor TURN pide un nombre y una contraseña
connect-servers = Este navegador no acepta los servidores de los ajustes. Revísalos allí o quítalos.
connect-hidden = Los ajustes dicen que otros dispositivos no deben saber la dirección de este. Con códigos la sabrían. Usa un enlace a través del anfitrión o cambia los ajustes.
settings-recovery = Recuperación
settings-person = Tú
settings-storage = Almacenamiento
storage-used = Chartchain usa aquí unos { $used }. El navegador permite hasta { $most }.
storage-lasts = El navegador ha prometido no borrarlo por su cuenta.
storage-may-go = El navegador puede borrarlo cuando falte espacio. Saca una copia y guárdala bien.
storage-offline = También se abre sin red.
storage-offline-not-yet = Pronto se abrirá también sin red. Todavía se está guardando aquí.
storage-offline-never = En este navegador no se abre sin red.
storage-ask = Pedir al navegador que lo conserve
storage-refused = El navegador no lo ha prometido ahora. Puede hacerlo si usas Chartchain a menudo o lo has instalado.
storage-unknown = Este navegador no dice cuánto espacio hay.
settings-leave = Borrar de este dispositivo
auto-lock = Bloquear solo después de
auto-lock-hint = Cuando nadie hace nada, se olvidan tus claves.
minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
  }
theme = Colores
theme-system = Como el dispositivo
theme-light = Claros
theme-dark = Oscuros
text-size = Tamaño del texto
text-size-of = { $count } %
language = Idioma
language-failed = No se pudo cargar { $language }. Mientras tanto lees en inglés.
settings-passphrase-why = Abre tu historial en este dispositivo.
passphrase-change-title = Cambia tu frase de acceso
passphrase-change = Cambiar la frase de acceso
passphrase-old = Frase de acceso hasta ahora
passphrase-changed = Tu frase de acceso ha cambiado
settings-recovery-why = 24 palabras en papel, por si olvidas tu frase de acceso.
settings-recovery-do = Palabras de recuperación
switch-person = Cambiar de persona
settings-leave-why = Quita para siempre todos tus historiales y claves de este dispositivo.
settings-leave-do = Borrar de este dispositivo

# Delete
delete-question = ¿Borrar todos tus historiales de este dispositivo?
delete-now = A partir de ahora
delete-now-why = tus historiales y claves ya no están en este dispositivo. Nadie puede recuperarlos.
delete-stays = Lo que queda:
delete-stays-why = los archivos que exportaste y los historiales de otras personas en este dispositivo.
delete-undo = Para deshacerlo
delete-undo-why = no hay manera. Saca antes una copia.
delete-passphrase-hint = Para que nadie borre el historial de otra persona
delete-do = Borrar todo lo mío
delete-keep = Conservar mis historiales
delete-milder = Quizá quieras esto antes
delete-milder-take-out = Guardar tu historial como archivo

# Recovery
recovery-title = Tarjeta de recuperación
recovery-lead = 24 palabras que abren tu historial si olvidas tu frase de acceso. No lo contienen: guarda también una copia de tu historial.
recovery-before-title = Antes de empezar
recovery-before = Necesitas papel y bolígrafo. Anota las palabras en orden y luego escríbelas aquí.
recovery-private = Mira a tu alrededor: estas palabras son solo para ti. No hagas fotos.
recovery-show = Mostrar las palabras
recovery-words-title = Anota estas palabras
recovery-words-lead = En este orden, con sus números.
recovery-written = Las he anotado
recovery-type-title = Escribe ahora las palabras
recovery-type-lead = Cópialas de tu papel. Así se ve que todas están bien.
word-of = Palabra { $place }
word-check = Palabra { $place } (mírala otra vez)
word-missing = Palabra { $place } (falta)
recovery-check = Comprobar las palabras
recovery-look-again = Mostrar otra vez las palabras
recovery-missing-at = Escribe la palabra { $place }
recovery-missing-every = Escribe las 24 palabras
recovery-missing-all = Escribe las palabras que faltan: { $places }
recovery-wrong-at = La palabra { $place } no está bien. Mira otra vez tu papel
recovery-wrong-count = { $count ->
    [one] Esto es { $count } palabra, no 24
   *[other] Estas son { $count } palabras, no 24
  }
recovery-unknown-at = La palabra { $place } no es una de las que hay. Mira cómo se escribe
recovery-meant-at = La palabra { $place } no está bien. Con «{ $meant }» en su lugar encajan todas
recovery-swapped = Las palabras { $first } y { $second } están cambiadas de sitio
recovery-others = No son las palabras de recuperación de esta persona, o hay más de una mal
recovery-drill = Comprobar otra vez mis palabras
recovery-done-title = Tu tarjeta de recuperación está lista
recovery-done = Todas las palabras están bien.
recovery-already = Tu tarjeta de recuperación está lista. Las palabras ya no se guardan en este dispositivo.
recovery-keep = Guarda el papel donde guardas lo importante, lejos de este dispositivo.

# Other forms of the words
recovery-again-why = Para imprimir una hoja o guardar un archivo de recuperación, comprueba otra vez tus palabras.
ways-title = Otras formas de dar las palabras
ways-picture = Una foto de tu hoja de recuperación
ways-picture-hint = Su código cuadrado contiene las palabras. La foto no sale de este dispositivo.
ways-camera = Usar la cámara
ways-file = Tu archivo de recuperación
ways-file-hint = Su nombre termina en .recovery
ways-file-passphrase = Frase de acceso del archivo
ways-file-open = Abrir el archivo
ways-working = Mirando…
ways-filled = Las 24 palabras están puestas.
camera-hold = Pon el código de tu hoja delante de la cámara.
camera-picture = Lo que ve la cámara
camera-close = Apagar la cámara
camera-refused = La cámara no da imagen. Permite la cámara para esta página o elige una foto.
picture-too-large = Esta imagen es demasiado grande. Elige una de menos de 64 millones de píxeles y 32 MB.
picture-none = Esto no es una imagen que se pueda leer aquí. Elige una imagen PNG o JPEG.
picture-no-code = No hay en esta imagen un código que se pueda leer. Hazla de más cerca, recta y con buena luz.
recovery-file-missing = Elige tu archivo de recuperación
recovery-file-passphrase-missing = Escribe la frase de acceso del archivo
recovery-file-wrong = Esa no es la frase de acceso de este archivo. Inténtalo de nuevo.
sheet-open = Imprimir una hoja
sheet-title = Hoja de recuperación
sheet-know-title = Antes de imprimir
sheet-know = Imprime en casa: las impresoras de tiendas y oficinas guardan lo que imprimen. La hoja no nombra a nadie.
sheet-print = Imprimir la hoja
sheet-drawing = Dibujando el código…
sheet-made = Chartchain, hecha el { $date }
sheet-opens = Estas 24 palabras abren los historiales de una persona en Chartchain, en su dispositivo o desde una copia de seguridad.
sheet-not = No contienen los historiales. Ten además un segundo dispositivo o una copia de seguridad.
sheet-code = Código QR de las 24 palabras
sheet-code-why = El código cuadrado contiene las mismas 24 palabras.
sheet-use = Para usarla, abre Chartchain y elige «¿Has olvidado tu frase de acceso?» o «Recuperar una copia de seguridad».
sheet-keep = Quien tenga esta hoja y el dispositivo o una copia puede leerlo todo. Guárdalos por separado.
recovery-file-open = Guardar un archivo de recuperación
recovery-file-title = Archivo de recuperación
recovery-file-lead = Tus 24 palabras en un archivo pequeño, con su propia frase de acceso.
recovery-file-know-title = Elige una frase de acceso para el archivo
recovery-file-know = Quien consiga el archivo puede probar frases durante años. Van bien cuatro o más palabras al azar.
recovery-file-not = El archivo no contiene tu historial. Ten también una copia de seguridad.
recovery-file-do = Guardar el archivo
recovery-file-saved = Tu archivo de recuperación está guardado
recovery-file-where = Guárdalo lejos de este dispositivo y no junto a una copia de seguridad.

# Passkey
passkey = Llave de acceso
passkey-why = Una llave de acceso abre tu historial con tu dedo, tu cara o un PIN. Tu frase de acceso sigue funcionando.
passkey-passphrase-hint = Para que nadie más añada una llave a tu historial
passkey-add = Añadir una llave de acceso
passkey-added = Tu llave de acceso está añadida
passkey-there = Una llave de acceso abre tu historial en este dispositivo, además de tu frase.
passkey-remove = Quitar la llave de acceso
passkey-removed = Tu llave de acceso está quitada. También puedes borrarla en tu navegador o teléfono.
passkey-impossible = Este navegador no tiene llaves de acceso que puedan abrir un historial. Lo abre tu frase de acceso.
passkey-unlock = Desbloquear con tu llave de acceso
passkey-no-secret = Esta llave no puede abrir historiales. Lo abre tu frase de acceso.
passkey-refused = La llave no respondió. Inténtalo de nuevo o usa tu frase de acceso.

# Obstacles
error-heading = Hay un problema
problem-heading = Hay un problema
not-found-title = No existe esa página
not-found-why = La dirección puede ser antigua o estar mal escrita.
not-found-safe = Tu historial está a salvo.
not-found-home = Ir al inicio
new-version-label = Versión nueva
new-version = Hay una versión nueva.
new-version-what = Al cargarla se bloquea el historial en todas las pestañas. Lo guardado queda.
new-version-do = Cargarla ahora
new-version-later = Más tarde

elsewhere-title = Abierto en otra pestaña
elsewhere-why = Otra pestaña o ventana de Chartchain no suelta lo que está guardado aquí.
elsewhere-what = Ciérrala y luego inténtalo aquí de nuevo.
elsewhere-use-here = Intentar de nuevo
unkept-heading = No guardado
unkept-why = La otra pestaña había tomado el control cuando escribiste esto. Cópialo si lo necesitas.
broken-title = El almacén de este dispositivo no responde
broken-what = Cierra otras pestañas de Chartchain, libera espacio en el dispositivo e inténtalo de nuevo.
unlisted-anew = Empezar sin él
ended-title = Chartchain se detuvo
ended-safe = Todo lo que estaba guardado sigue a salvo en este dispositivo. Solo se perdió lo que aún no habías guardado.
ended-what = Recarga la página y desbloquea tu historial.
ended-again = Si vuelve a detenerse, reinicia tu navegador. Revisa tu conexión si abres esta página por primera vez.
reload = Recargar
insecure-title = Esta dirección no es lo bastante segura
insecure-why = El navegador solo da claves y almacenamiento a páginas que llegan por HTTPS.
insecure-what = Abre la misma dirección con https:// o, en tu propio ordenador, con http://localhost.
no-storage-title = Esta ventana no puede guardar un historial
no-storage-why = El navegador no da almacenamiento aquí. Las ventanas privadas a menudo no lo dan.
no-storage-what = Abre Chartchain en una ventana normal. No se guardó nada.

# Faults
fault-wrong-passphrase = Esa no es la frase de acceso de este emblema. Inténtalo de nuevo.
fault-not-a-recovery-file = Este archivo no es un archivo de recuperación. Elige el archivo cuyo nombre termina en .recovery
fault-not-a-sheet = Este código no es el de una hoja de recuperación. Elige una foto de tu hoja.
fault-file-damaged = Este archivo se cambió o no está entero. Prueba con otra copia.
fault-wrong-passkey = Esta llave no abre a nadie aquí. Usa tu frase de acceso.
fault-retired = Es probable que este dispositivo se restaurara desde una copia. Aquí puedes leerlo todo, pero aún no añadir nada.
fault-not-steward = Otro dispositivo decide quién tiene este historial. Hazlo allí, o con tus palabras de recuperación.
retired-label = Este dispositivo necesita una clave nueva
retired-do = Comprueba tus palabras de recuperación para seguir escribiendo
fault-passphrase-short = Elige una frase de acceso de al menos 8 caracteres
fault-locked = Tu historial está bloqueado. Desbloquéalo primero.
fault-no-ledger = No hay ningún historial abierto. Abre uno primero.
fault-not-found = Esto no está en tu historial, o ya no está.
fault-storage-full = No queda espacio en este dispositivo. Todo lo guardado está a salvo y nada quedó a medio escribir.
full-free-room = Borra archivos, fotos o aplicaciones que ya no necesites.
full-look = Mira en Ajustes cuánto espacio usa Chartchain.
full-again = Luego inténtalo de nuevo. Añadir otra vez el mismo archivo no mete nada dos veces.
fault-open-elsewhere = Otra pestaña escribía en el mismo momento. Mira si tu cambio está y luego inténtalo de nuevo.
fault-damaged = Lo que está guardado aquí se cambió o se dañó: { $place }. Comprueba todo en Registro.
fault-storage = Falló el almacén de este dispositivo: { $what }.
fault-lost = El navegador encontró dañado su almacén y borró todo lo que se guardaba aquí.
fault-unlisted = Aquí hay un historial guardado, pero Chartchain no pudo leer de quién es.
fault-too-new = Esto se hizo con una versión más nueva de Chartchain. Recarga la página para obtenerla.
fault-not-now = Ahora no es posible: { $why }.
unreadable-empty = No contiene nada.
unreadable-encoding = No es texto en UTF-8 ni UTF-16.
unreadable-not-json = No es JSON: mira la línea { $line }, columna { $column }.
unreadable-not-fhir = Es JSON, pero no un recurso FHIR.
unreadable-version = Es FHIR { $version }. Solo se puede leer R4.
unreadable-too-deep = Está anidado más de lo que ningún historial necesita.
unreadable-too-large = Ocupa más de { $size }. Divídelo o pide NDJSON.
unreadable-format = Es { $format }, que aún no se puede leer. Pide FHIR en JSON.

# FHIR resource types
type-allergy = Alergias
type-care-plan = Planes de cuidados
type-care-team = Equipos de cuidados
type-claim = Solicitudes de pago
type-composition = Documentos por secciones
type-condition = Enfermedades
type-coverage = Seguros
type-device = Aparatos
type-report = Informes de pruebas
type-document = Documentos
type-encounter = Consultas
type-benefit = Liquidaciones de pago
type-goal = Objetivos
type-imaging = Imágenes
type-immunization = Vacunas
type-location = Lugares
type-medication = Medicamentos (nombres)
type-administration = Medicamentos administrados
type-prescription = Recetas
type-statement = Medicamentos tomados
type-observation = Resultados y mediciones
type-organization = Organizaciones
type-patient = Personas
type-practitioner = Personal sanitario
type-procedure = Procedimientos
type-provenance = Orígenes de las entradas
type-request = Solicitudes

# Plan propio de la persona
nav-plan = Mi plan de cuidados
plan-title = Mi plan de cuidados
plan-lead = Lo que quieres hacer por tu salud, y cuándo.
plan-empty = Todavía no hay nada que hacer
plan-empty-how = Escribe lo que quieres hacer, una vez o una y otra vez. Cuando llegue su día, aparece en tu primera página.
plan-due = Para hacer ahora
plan-due-none = Hoy no toca nada.
plan-later = Más adelante
plan-settled = Hecho y detenido
count-things = { $count ->
    [one] { $count } cosa
   *[other] { $count } cosas
}
home-to-do = Para hacer
home-to-do-all = Ver todo el plan de cuidados
task = Para hacer
task-add = Escribir algo que hacer
task-what = ¿Qué quieres hacer?
task-what-hint = Por ejemplo: caminar 20 minutos.
task-how = Cómo o por qué
task-when = ¿Qué día?
task-when-hint = Déjalo vacío si puede ser cualquier día. Si se repite, pon el primer día.
task-repeat = ¿Con qué frecuencia?
task-save = Guardar
task-saved = Guardado
task-any-time = Cualquier día
task-on = { $date }
task-today = Hoy
task-tomorrow = Mañana
task-in-days = En { $count } días
task-late = Con retraso: { $date }
task-done = Hecho
task-not-done = No hecho
task-unmarked = Sin marcar
task-stopped = Detenido
task-removed = Quitado
task-mark-done = Hecho
task-mark-not-done = No hecho
task-undo = Deshacer
task-done-said = Marcado como hecho
task-not-done-said = Marcado como no hecho
task-undone-said = Marca retirada
task-history = Qué pasó con ello
task-end = Detener o quitar
task-end-why = Lo que detienes conserva tus marcas. Lo que quitas ya no se muestra.
task-stop = Detener esto
task-resume = Retomarlo
task-remove = Quitar
task-wrong-title = Escribe lo que quieres hacer
task-wrong-day = Pon un día, un mes y un año que existan, por ejemplo 27 3 2027
task-wrong-first-day = Pon el primer día, porque esto se repite
repeat-once = Una vez
repeat-day = Cada día
repeat-week = Cada semana
repeat-days = Cada { $count } días
repeat-month = Cada mes
repeat-year = Cada año
repeat-months = Cada { $count } meses
contested-heading = Dos dispositivos dicen cosas distintas
contested-why = Cuenta lo que está en el formulario. Guárdalo para conservarlo. El otro dispositivo dice:

# Notas propias de la persona
nav-notes = Mis notas
notes-title = Mis notas
notes-lead = Lo que quieres recordar, preguntar o contar.
notes-empty = Todavía no hay notas
notes-empty-how = Escribe una pregunta para tu próxima consulta, o cómo te encuentras hoy. Solo tú puedes leerlo.
note = Nota
note-new = Nota nueva
note-untitled = Sin título
note-changed = Cambiada el { $date }
note-title = Título
note-text = Texto
note-saves-itself = Se guarda sola mientras escribes.
note-saving = Escribiendo…
note-not-saved = Todavía no está guardada
note-end = Pasado y borrado
note-forget-why = Todo lo que alguna vez estuvo en una nota queda en su pasado. Puedes borrar ese pasado y conservar lo que la nota dice ahora, o borrar la nota entera.
note-forget = Borrar el pasado
note-forget-question = ¿Borrar el pasado de esta nota?
note-forget-now-why = la nota dice solo lo que dice ahora. Lo que había antes desaparece de este historial.
note-forget-do = Borrar el pasado
note-forget-keep = Conservar el pasado
note-forgotten = El pasado de la nota está borrado
note-erase = Borrar esta nota
note-erase-question = ¿Borrar esta nota para siempre?
note-erase-now-why = desaparece de este historial, con todo lo que alguna vez hubo en ella.

# Lo que la persona cuenta de sí misma
nav-about = Sobre mí
about-title = Sobre mí
about-lead = Lo que otros deberían saber para tratarte bien. Lo escribes tú.
about-name = ¿Cómo te gusta que te llamen?
about-languages = Idiomas que hablas
about-blood = Grupo sanguíneo
about-blood-hint = Como está en un carné o una carta, por ejemplo A Rh positivo.
about-phone = Teléfono
about-email = Correo electrónico
about-address = Dirección
about-needs = Lo que te ayuda
about-needs-hint = Por ejemplo: audífono, silla de ruedas, intérprete.
about-wishes = Lo que te importa
about-wishes-hint = Lo que deseas y lo que no quieres.
about-others = Otro dispositivo dice: { $others }
contacts = A quién llamar
contacts-why = en una emergencia
contact-relation = ¿Quién es para ti?
contact-add = Añadir este contacto
contact-wrong-name = Escribe el nombre de la persona a la que llamar

# People, devices, connecting
devices-title = Personas y dispositivos
devices-lead = Todos los que tienen este historial, y dónde. Todos comprueban cada anotación que llega.
devices-safe = { $count ->
    [one] Todo está solo en este dispositivo.
   *[other] Todo está a salvo en { $count } dispositivos.
}
more-devices = Quién tiene este historial, y conectarse
this-device = Este dispositivo
device-unnamed = Un dispositivo sin nombre
device-since = Desde
device-compared = Conocido al comparar un número
device-met = Última conexión
device-letter = Última carta dejada
letters-title = Lo nuevo pasa por sí solo
letters-why = Los dispositivos que están aquí al mismo tiempo se encuentran en el sitio del que vino esta aplicación y se conectan. Los que no, se dejan allí cartas selladas. Solo puede leer algo el dispositivo al que va dirigido.
letters-seen = Ese sitio ve qué dispositivos se encuentran, que van y vienen cartas, su tamaño, cuándo y desde qué dirección de red. No ve lo que contienen ni de quién es la historia.
letters-do = Encontrarse y dejar cartas por sí solo en este dispositivo
letters-under-way = Buscando cartas
letters-off = Este dispositivo ya no va allí por sí solo. Lo nuevo pasa cuando te conectas, o por archivo.
letters-not-kept = El sitio del que vino esta aplicación no guarda cartas. Lo nuevo pasa cuando ambos dispositivos están aquí, o por archivo.
letters-done = Todas las cartas se han recogido y dejado ({ $when }).
letters-done-unread = { $count ->
    [one] Todas las cartas se han recogido y dejado ({ $when }). Una no se pudo leer y se tiró. Si falta algo, conecta los dispositivos.
   *[other] Todas las cartas se han recogido y dejado ({ $when }). { $count } no se pudieron leer y se tiraron. Si falta algo, conecta los dispositivos.
}
letters-unreachable = No se puede llegar al sitio que guarda las cartas. Lo nuevo queda aquí, y se deja en cuanto se pueda.
letters-full = Un buzón está lleno: su dispositivo no ha recogido sus cartas desde hace mucho. Lo nuevo queda aquí, y se deja en cuanto haya sitio.
letters-host = El sitio que guarda las cartas no responde como debe. Lo nuevo queda aquí, y se deja en cuanto se pueda.
letters-engine = No se pudo escribir o leer una carta en este dispositivo. Se intenta de nuevo en unos minutos. Si sigue así, conecta los dispositivos o envía un archivo.
device-has = Tiene
device-everything = Todo lo que hay aquí
device-unknown = Aún no se sabe
device-lacks = { $count ->
    [one] Todo menos { $count } bloque. Llega al conectarse.
   *[other] Todo menos { $count } bloques. Llegan al conectarse.
}
device-in-letters = { $count ->
    [one] Todo menos { $count } bloque, que le espera en una carta
   *[other] Todo menos { $count } bloques, que le esperan en cartas
}
device-connected = Conectado ahora
device-coming = Admitido, aún no visto
device-not-let-in = No lo admitió nadie que pueda
device-forked = Dos historiales
device-forked-what = Con la clave de este dispositivo se firmaron dos historiales distintos. Se copió o se restauró desde una copia, o alguien más tiene su clave.
device-forked-done = Ambos historiales se conservan y se muestran. Lo que escribió desde ahí lleva la marca de cuarentena y sigue contando. Revísalo y marca como escrito por error lo que no sea correcto.
device-forked-do = Quita este dispositivo y déjalo entrar de nuevo. Recibirá una clave nueva.
device-suspended = Detenido
device-removed = Retirado
device-decides = Decide
device-role = Quién
device-headers = Que hay anotaciones, no lo que dicen
device-nobody = Aquí nadie tiene ya este dispositivo.
this-device-called = { $name } (este dispositivo)
devices-undecided = Ya ningún dispositivo decide quién tiene este historial. Con tus palabras de recuperación puede hacerlo este.
role-patient = Tú
role-delegate = Familia o cuidador
role-clinician = Clínica
role-witness = Testigo
role-patient-choice = Yo: otro dispositivo mío
role-delegate-choice = Alguien de mi familia o que me cuida
role-clinician-choice = Una clínica o alguien que me trata
role-witness-choice = Un testigo: confirma que nada se alteró, no lee nada
member-name = Cómo lo llaman todos
member-name-hint = Todos los que leen este historial ven el nombre.
member-name-save = Guardar el nombre
member-named = El nombre está guardado y firmado.
member-stop = Detenerlo por ahora
member-stop-question = ¿Detener «{ $name }» ahora?
member-stop-now = ningún dispositivo que lo sepa le da nada más.
member-stop-undo = el dispositivo que decide lo deja seguir, o tú con tus palabras de recuperación.
member-stopped = Detenido. Los demás dispositivos lo sabrán cuando se conecten.
member-resume = Dejarlo seguir
member-resume-question = ¿Dejar seguir a «{ $name }»?
member-resume-now = vuelve a recibirlo todo, también lo escrito mientras tanto.
member-resume-undo = detenlo de nuevo cuando quieras.
member-resumed = Vuelve a recibirlo todo.
member-remove = Retirarlo
member-remove-question = ¿Retirar «{ $name }»?
member-remove-now = no recibe nada más, y lo que escriba desde ahora no cuenta. Lo que escribió antes se queda.
member-remove-undo = admítelo de nuevo como dispositivo nuevo.
member-removed = Retirado. Los demás dispositivos lo sabrán cuando se conecten.
member-read-stays = recuperar lo que ha leído. Puede quedárselo.
member-also = «{ $name }» admitió a estos. ¿Retirarlos también?
member-decide = Que decida este
member-decide-here = Que decida este dispositivo
member-decide-question = ¿Que «{ $name }» decida quién tiene este historial?
member-decide-now = solo él admite a otros para siempre, los retira y les da nombre.
member-decide-do = Sí, que decida
member-decide-undo = él lo cede, o tú lo recuperas con tus palabras de recuperación.
member-decided = Hecho. Decide desde ahora.
member-words = Tus palabras de recuperación:
member-words-why = decide otro dispositivo, así que se te piden a continuación.
member-words-title = Tus palabras de recuperación
member-words-lead = Están por encima de cualquier dispositivo. No se guardan aquí.
member-act-not = Esto no se puede hacer aquí ahora. Quizá pueda el dispositivo que decide.
member-act-no = No, volver
new-record-connect = ¿El historial ya está en otro dispositivo, tuyo o de alguien cercano?
a-record = Un historial
connect-title = Conectar con otro dispositivo
connect-lead = Todo va sellado de un dispositivo al otro. Con un código no hay ningún servidor en medio.
connect-show = Mostrar un código
connect-gives-title = Qué revela el código
connect-gives = Solo cómo llegar a este dispositivo. Nada de tu historial. Tú eliges qué compartir en los pasos siguientes.
connect-read-title = O lee el código del otro dispositivo
connect-camera = Usar la cámara
connect-paste = Enlace o código
connect-paste-hint = Pega lo que muestra el otro dispositivo.
connect-read = Seguir
connect-picture = Imagen de un código
connect-picture-hint = Por ejemplo, una captura de pantalla. Se queda en este dispositivo.
connect-code = Código de este dispositivo
connect-code-title = Deja que el otro dispositivo lea este código
connect-code-lead = Con su cámara, o envía el enlace a la persona.
connect-then-title = Después lee el código que muestra
connect-answer-title = Ahora deja que el otro dispositivo lea este código
connect-answer-lead = Sigue por sí solo cuando el otro dispositivo lo haya leído.
connect-minutes = { $count ->
    [one] Sirve { $count } minuto más.
   *[other] Sirve { $count } minutos más.
}
connect-waiting = Esperando al otro dispositivo
connect-connecting = Conectando
connect-connecting-why = Se crea una línea directa y sellada.
connect-stop = Parar
connect-again = Empezar de nuevo
connect-failed = Los dispositivos no se encontraron
connect-failed-why = El código era demasiado antiguo, o las redes no dejan pasar a los dos dispositivos. Tu historial está a salvo. Prueba con los dos en la misma red.
connect-unsupported = Este navegador no se conecta directamente
connect-unsupported-why = No tiene WebRTC, o está desactivado. Todo lo demás funciona. Usa otro navegador para conectarse, o un archivo de copia.
connect-other = Esto no es un código para conectarse. Pega todo el enlace que muestra el otro dispositivo.
connect-damaged = Falta una parte del código. Cópialo otra vez, entero.
connect-too-new = Este código lo hizo una versión más nueva de la aplicación. Actualiza la aplicación en este dispositivo.
connect-other-kind = Este código es del otro paso. El primer dispositivo muestra su código, el segundo lo lee y muestra el suyo, y el primero lee ese.
connect-other-offer = Este código responde a otro, quizá más antiguo. Deja que el otro dispositivo lea el código que se muestra ahora aquí.
connect-no-address = Este dispositivo no está en ninguna red y nadie puede llegar a él. Conéctalo a una red y prueba de nuevo.
copy-link = Copiar el enlace
compare-title = ¿Muestran las dos pantallas este número?
compare-lead = Mira la otra pantalla, o deja que lo lean en voz alta. No lo digas antes.
compare-same = Sí, el mismo número
compare-different = No, otro número
compare-waiting = Esperando a que la persona del otro dispositivo también lo diga.
compare-why-title = ¿Por qué comparar?
compare-why = Demuestra que no hay nadie entre los dos dispositivos. No demuestra que la otra persona sea quien dice.
compare-differed = Los números eran distintos
met-title = Los dos dispositivos se conocen
met-lead = Aún no se comparte nada. El dispositivo que quiere tener el historial del otro lo pide.
met-name = ¿Cómo se llama este dispositivo?
met-name-hint = Lo ve la persona del otro dispositivo y puede cambiarlo, por ejemplo «Portátil de Ida».
met-ask = Pedir el historial que está abierto allí
met-asked = Pedido. Decide la persona del otro dispositivo.
let-in-title = ¿Quién es?
let-in-lead = Otro dispositivo pide tener este historial. Di de quién es.
let-in-name = ¿Cómo se llama?
let-in-name-hint = Todos los que leen este historial ven el nombre.
let-in-role = ¿De quién es?
let-in-role-missing = Elige de quién es el dispositivo
let-in-next = Seguir
let-in-headers = No lee nada:
let-in-headers-why = sabe cuándo se escribe algo y cuánto ocupa, y puede confirmar que nada se alteró.
let-in-question = ¿Dejar que «{ $name }» tenga este historial?
let-in-gets = Recibe todo:
let-in-gets-why = todas las anotaciones, documentos y notas de este historial, también lo que se escriba después.
let-in-writes = Puede escribir:
let-in-writes-why = lo que se escribe allí va firmado por ese dispositivo y aparece aquí.
let-in-undo = No se puede deshacer del todo:
let-in-undo-why = lo que el otro dispositivo ha leído, puede quedárselo. Admite solo dispositivos de personas en quienes confías.
let-in-do = Sí, admitirlo
let-in-not = No, parar
sharing-title = Conectado
sharing-lead = Lo que escriba cualquiera de los dos aparece en ambos al momento.
sharing-open = Abrir el historial
link-proving = Viendo quién puede tener qué
link-same = Los dos dispositivos tienen lo mismo.
link-giving = Enviando { $done } de { $total }
link-taking = { $count ->
    [one] Ha llegado { $count } bloque y se ha comprobado
   *[other] Han llegado { $count } bloques y se han comprobado
}
link-refused = El otro dispositivo no recibe nada de este historial: nunca fue admitido, se retiró, o hay una copia de él.
link-refused-there = El otro dispositivo no da nada de este historial a este.
link-refused-blocks = { $count ->
    [one] { $count } bloque no era válido y se rechazó.
   *[other] { $count } bloques no eran válidos y se rechazaron.
}
link-over = La línea está cerrada
link-left = Lo que ha llegado está comprobado y guardado. El resto sigue al conectarse de nuevo.
link-broken = Lo que llegó se cambió por el camino, así que paramos. Lo que llegó antes está comprobado y guardado.
link-between = Paramos. No se envió nada. Puede que alguien esté entre los dispositivos, o que un código fuera antiguo.
link-full = No queda espacio en este dispositivo. Lo que ha llegado está guardado. Libera espacio y conéctate de nuevo.
backup-others-title = No está en esta copia
backup-others = { $count ->
    [one] { $count } historial al que otro dispositivo admitió a este. Tus palabras no podrían recuperarlo: conecta otra vez con ese dispositivo.
   *[other] { $count } historiales a los que otros dispositivos admitieron a este. Tus palabras no podrían recuperarlos: conecta otra vez con esos dispositivos.
}
connect-link-title = ¿Conectar con el dispositivo que envió este enlace?
connect-link-lead = Este dispositivo buscará entonces al otro. Sigue solo si sabes quién lo envió.
connect-link-do = Sí, conectar
connect-link-busy = Hay otra conexión abierta. Párala primero.
sharing-another = Compartir otro historial

# Files between devices
job-parcel = Se prepara un archivo para otros dispositivos
fault-not-a-parcel = Este archivo no viene de otro dispositivo de Chartchain. Elige uno que termine en «.parcel» o «.request».
fault-not-for-this-device = Este archivo es para otro dispositivo. Pide a quien lo envía que elija este.
fault-not-a-request = Este archivo no es una petición de otro dispositivo.
moving-stop = Parar las imágenes
moving-go-on = Seguir
connect-files-title = ¿Sin red, o lejos uno de otro?
connect-files = Los archivos hacen lo mismo que una conexión: por memoria USB, mensajería o en imágenes. Van sellados para su destino.
send-title = Enviar un archivo
send-lead = Contiene lo que les falta a otros dispositivos de este historial, hasta donde se sabe aquí.
send-nobody = Nadie más tiene aún este historial. Conéctate con otro dispositivo o abre antes su petición.
send-to = ¿Para quién?
send-sealed-title = Solo ellos pueden abrirlo
send-sealed = El archivo está cifrado para estos dispositivos. Quien lo lleva ve su tamaño y nada más.
send-choose = Elige al menos un dispositivo.
send-make = Crear el archivo
send-saved = El archivo está listo
send-size = { $count ->
    [one] { $count } bloque, { $size }
   *[other] { $count } bloques, { $size }
}
send-where = Tu navegador lo dejó en las descargas. Dáselo al otro dispositivo, por memoria USB o mensajería.
send-number-title = Lee este número a la otra persona
send-number = El otro dispositivo muestra un número al abrir el archivo. Los dos deben ser iguales.
send-moving-title = Lo mismo en imágenes en movimiento
send-moving = La cámara del otro dispositivo puede leerlo de esta pantalla.
send-moving-show = Mostrar las imágenes
send-again = Crear otro
open-title = Abrir un archivo
open-lead = Un archivo o imágenes en movimiento de otro dispositivo: lo que te da, o su petición de entrar.
open-file = El archivo
open-file-hint = Termina en «.parcel» o «.request». Se queda en este dispositivo.
open-moving = Leer imágenes en movimiento con la cámara
open-reading = Leyendo el archivo
open-number-title = Compara antes este número
open-number = El otro dispositivo también muestra un número. Pregunta a la persona, de viva voz. Si difieren, para: la petición es de otro.
open-invited = Compara este número
open-invited-lead = El archivo deja que este dispositivo tenga un historial. Quien lo envió ve un número en su pantalla. ¿Son iguales?
open-done = El archivo está leído
open-added = { $count ->
    [0] Todo lo que contiene ya estaba aquí.
    [one] { $count } bloque era nuevo y está comprobado.
   *[other] { $count } bloques eran nuevos y están comprobados.
}
open-from = De: { $name }
open-reply-title = Al otro dispositivo le falta algo
open-reply = { $count ->
    [one] { $count } bloque de este historial no estaba allí cuando se creó el archivo. Envía un archivo de vuelta.
   *[other] { $count } bloques de este historial no estaban allí cuando se creó el archivo. Envía un archivo de vuelta.
}
open-reply-make = Crear un archivo de respuesta
open-failed = No se pudo leer el archivo
open-failed-stays = Lo guardado antes se queda, y el archivo se puede leer de nuevo.
ask-file-title = Pedir por archivo
ask-file-lead = Sin ninguna conexión: una petición va al dispositivo que tiene el historial y su respuesta vuelve como archivo.
ask-file-make = Crear la petición
ask-file-open = Abrir la respuesta
ask-file-made = Da esta petición al otro dispositivo
ask-file-made-lead = Allí se abre en Personas y dispositivos, Abrir un archivo.
ask-file-number-title = Lee este número a la persona
ask-file-number = Su dispositivo muestra un número al abrir la petición. Los dos deben ser iguales.

# Meeting through a relay
meet-make = Crear un enlace para los dos
meet-make-why = Con red basta un enlace. El servidor del que viene esta aplicación los reúne; no lee nada.
meet-title = Da este enlace al otro dispositivo
meet-lead = En cuanto se abre allí, los dos siguen solos. Sirve una vez.
meet-used = Otra persona ya usó este enlace. Pide uno nuevo.
meet-refused = El servidor del que viene esta aplicación no deja encontrarse allí. Usa un código.

# Una visita, escrita por una clínica
visit-title = Visita
visit-not-yours = Las visitas las escriben las clínicas
visit-not-yours-why = Este dispositivo no pertenece a este historial como el de una clínica. Lo que escribes tú va en «Añadir».
visit-ask = { $name }: { $question } { $expected }
visit-start = Cuándo empezó
visit-unit = ¿Unidad?
visit-unit-of = Unidad de { $name }
visit-last = último { $value }
visit-last-on = último { $value }, { $when }
visit-nth = { $label } ({ $number })
visit-another-medicine = Otro medicamento
visit-another-vaccine = Otra vacuna
visit-rest-asked = Estas palabras de la línea rápida no se entendieron y no se firmarán: { $words }
visit-keep = Firmar tal como está
visit-no-known = El registro dice que no hay alergias conocidas.
visit-none-noted = En este registro no hay alergias anotadas.
visit-write = Escribir una visita
visit-line = Línea rápida
visit-line-hint = Números en cualquier orden, por ejemplo: ta 136/82 fc 74 peso 81,4 kg temp 36,7 C
visit-understood = { $count ->
    [0] Ningún número todavía. No se ha firmado nada.
    [one] { $count } número. Aún no se ha firmado nada.
   *[other] { $count } números. Aún no se ha firmado nada.
  }
visit-not-understood = No se entiende: { $words }. Ponlo en la nota si importa.
visit-reason = Motivo de la visita
visit-note-title = Nota de la visita
visit-plan-title = Plan
visit-check = Comprueba antes de recetar
visit-medicine-heading = Un medicamento desde ahora
visit-medicine = Medicamento
visit-dose = Dosis
visit-how-often = Con qué frecuencia
visit-vaccine-heading = Una vacuna que se puso
visit-vaccine = Vacuna
visit-lot = Lote
visit-asked = Mira esto antes de firmar
visit-sign = Firmar y guardar
visit-later = Firmar después
visit-sign-hint = Ctrl y Entrar en un campo también firma. Lo que no se firma se guarda aquí, sellado.
visit-sign-for = Firmar para { $name }, como { $who }
visit-signed = Firmado y guardado.
visit-wrong-empty = Escribe lo que se midió, se dijo o se hizo
visit-wrong-reason = Acorta el motivo de la visita
