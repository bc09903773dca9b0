import re
from datetime import date

import pytest

from surveys.instruments import NEED_SHORT, PHQ_9
from surveys.plot import NothingToPlot, ValueOutOfScale, build_plot

MARCH = [(date(2026, 3, 3), 16), (date(2026, 3, 10), 14), (date(2026, 4, 2), 9)]


def path_numbers(path):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def test_plot_places_points_by_time_and_value():
    points = build_plot(MARCH, PHQ_9).points
    assert [point.label for point in points] == ["3 mar", "10 mar", "2 abr"]
    assert [point.value_label for point in points] == [
        "16 de 27",
        "14 de 27",
        "9 de 27",
    ]
    xs = [point.x for point in points]
    assert (xs[1] - xs[0]) / (xs[2] - xs[0]) == pytest.approx(7 / 30, abs=0.001)
    assert points[0].y < points[1].y < points[2].y


def test_plot_sorts_answers_by_day():
    assert build_plot(MARCH[::-1], PHQ_9) == build_plot(MARCH, PHQ_9)


def test_plot_path_runs_through_every_point():
    plot = build_plot(MARCH, PHQ_9)
    numbers = path_numbers(plot.path)
    assert plot.path.count("C") == 2
    ends = [numbers[:2], numbers[6:8], numbers[12:14]]
    assert ends == [[point.x, point.y] for point in plot.points]


def test_plot_path_never_overshoots_the_answers():
    values = [20, 3, 4, 26, 26, 0, 27]
    plot = build_plot([(date(2026, 1, 1 + n), value) for n, value in enumerate(values)], PHQ_9)
    ys = path_numbers(plot.path)[1::2]
    assert min(ys) >= min(point.y for point in plot.points)
    assert max(ys) <= max(point.y for point in plot.points)


def test_plot_with_one_point_stands_in_the_middle_and_says_what_comes():
    plot = build_plot([(date(2026, 3, 3), 12)], PHQ_9)
    (point,) = plot.points
    assert plot.path == f"M{point.x:g} {point.y:g}"
    assert 0.4 < point.x / plot.width < 0.6
    assert plot.summary == (
        "Respondiste una vez, el 3 de marzo de 2026: 12 de 27 puntos (molestias moderadas). "
        "Con la próxima respuesta verás la línea."
    )


def test_plot_spreads_several_answers_of_one_day():
    xs = [point.x for point in build_plot([(date(2026, 3, 3), 12), (date(2026, 3, 3), 10)], PHQ_9).points]
    assert xs[0] < xs[1]


def test_plot_hides_dates_that_would_touch():
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 6, 1)]
    shown = [point.show_label for point in build_plot([(day, 5) for day in days], PHQ_9).points]
    assert shown == [True, False, True]


def test_plot_bands_cover_the_scale_without_gaps():
    plot = build_plot(MARCH, PHQ_9)
    assert plot.bands[0].label == "molestias mínimas"
    assert len(plot.bands) == 5
    for lower, upper in zip(plot.bands, plot.bands[1:], strict=False):
        assert upper.y + upper.height == pytest.approx(lower.y, abs=0.2)


def test_plot_noise_band_is_the_reliable_change_around_the_first_value():
    plot = build_plot([(date(2026, 3, 3), 12), (date(2026, 3, 9), 18), (date(2026, 3, 19), 6)], PHQ_9)
    assert plot.points[1].y == pytest.approx(plot.noise.y, abs=0.2)
    assert plot.points[2].y == pytest.approx(plot.noise.y + plot.noise.height, abs=0.2)


def test_plot_noise_band_stays_on_the_scale():
    plot = build_plot([(date(2026, 3, 3), 1)], PHQ_9)
    floor = max(band.y + band.height for band in plot.bands)
    assert plot.noise.y + plot.noise.height == pytest.approx(floor, abs=0.2)


def test_plot_ticks_are_the_cutoffs_and_both_ends():
    assert [tick.label for tick in build_plot(MARCH, PHQ_9).ticks] == [
        "0",
        "5",
        "10",
        "15",
        "20",
        "27",
    ]


def test_plot_summary_tells_the_change_in_plain_words():
    assert build_plot(MARCH, PHQ_9).summary == (
        "Respondiste 3 veces, del 3 de marzo de 2026 al 2 de abril de 2026. Empezaste en 16 y la última vez "
        "fue 9 de 27 puntos (molestias leves). Tu puntaje bajó 7 puntos, más de lo que suele variar por sí "
        "solo. Parece que estas semanas pesan menos; no asegura cómo vendrán las próximas."
    )


def test_plot_report_speaks_of_another_person():
    assert build_plot(MARCH, PHQ_9).report == (
        "Respondió 3 veces, del 3 de marzo de 2026 al 2 de abril de 2026. Empezó en 16 y la última vez "
        "fue 9 de 27 puntos (molestias leves). El cambio es mayor que un vaivén."
    )


def test_plot_report_calls_a_small_change_chance():
    series = [(date(2026, 3, 3), 12), (date(2026, 4, 2), 11)]
    assert build_plot(series, PHQ_9).report.endswith("El cambio puede ser solo vaivén.")


def test_plot_says_which_direction_is_better():
    assert build_plot(MARCH, PHQ_9).direction == "Hacia abajo es mejor."
    assert build_plot([(date(2026, 3, 3), 8)], NEED_SHORT).direction == "Hacia arriba es mejor."


def test_plot_refuses_an_empty_series():
    with pytest.raises(NothingToPlot):
        build_plot([], PHQ_9)


@pytest.mark.parametrize("value", [-1, 28])
def test_plot_refuses_a_value_off_the_scale(value):
    with pytest.raises(ValueOutOfScale):
        build_plot([(date(2026, 3, 3), value)], PHQ_9)
