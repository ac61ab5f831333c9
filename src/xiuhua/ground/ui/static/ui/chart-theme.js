/** Chart theme: series in the order indigo, jade, amber, plum, …; never cinnabar. Past four series, split the chart. */
export const theme = {
  color: [
    "#2c4a73",
    "#2e7d57",
    "#b67c1e",
    "#7a3e5d",
    "#2e6f9e",
    "#9c4a10",
    "#6b645a",
    "#5b9c7f"
  ],
  backgroundColor: "transparent",
  textStyle: {
    fontFamily: "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, system-ui, sans-serif",
    color: "#26221d",
    fontSize: 13
  },
  title: {
    textStyle: {
      color: "#26221d",
      fontFamily: "Noto Serif SC, Noto Serif CJK SC, Source Han Serif SC, Songti SC, serif",
      fontSize: 17,
      fontWeight: 600
    },
    subtextStyle: {
      color: "#6b645a",
      fontSize: 13
    },
    left: 0,
    top: 0
  },
  legend: {
    textStyle: {
      color: "#26221d",
      fontSize: 13
    },
    itemWidth: 16,
    itemHeight: 10,
    itemGap: 16,
    left: "auto",
    right: 0,
    top: 2,
    bottom: "auto"
  },
  grid: {
    left: 8,
    right: 12,
    top: 56,
    bottom: 4,
    containLabel: true
  },
  tooltip: {
    renderMode: "richText",
    backgroundColor: "#26221d",
    borderWidth: 0,
    padding: [
      8,
      12
    ],
    textStyle: {
      color: "#ffffff",
      fontSize: 13
    },
    axisPointer: {
      lineStyle: {
        color: "#8d8476",
        type: [
          7,
          5
        ]
      },
      crossStyle: {
        color: "#8d8476"
      }
    }
  },
  categoryAxis: {
    axisLine: {
      show: true,
      lineStyle: {
        color: "#d8cfbf"
      }
    },
    axisTick: {
      show: false
    },
    axisLabel: {
      color: "#6b645a",
      fontSize: 13
    },
    splitLine: {
      show: false
    },
    nameTextStyle: {
      color: "#6b645a"
    }
  },
  valueAxis: {
    axisLine: {
      show: false
    },
    axisTick: {
      show: false
    },
    axisLabel: {
      color: "#6b645a",
      fontSize: 13
    },
    splitLine: {
      lineStyle: {
        color: "#eee7db"
      }
    },
    splitNumber: 4,
    nameTextStyle: {
      color: "#6b645a"
    }
  },
  timeAxis: {
    axisLine: {
      show: true,
      lineStyle: {
        color: "#d8cfbf"
      }
    },
    axisTick: {
      show: false
    },
    axisLabel: {
      color: "#6b645a",
      fontSize: 13
    },
    splitLine: {
      show: false
    }
  },
  logAxis: {
    axisLine: {
      show: false
    },
    axisLabel: {
      color: "#6b645a"
    },
    splitLine: {
      lineStyle: {
        color: "#eee7db"
      }
    }
  },
  bar: {
    barMaxWidth: 26,
    itemStyle: {
      borderRadius: [
        2,
        2,
        0,
        0
      ]
    }
  },
  line: {
    lineStyle: {
      width: 2.5
    },
    symbol: "circle",
    symbolSize: 7,
    smooth: false,
    emphasis: {
      focus: "series"
    }
  },
  scatter: {
    symbolSize: 9,
    itemStyle: {
      borderColor: "#ffffff",
      borderWidth: 1
    }
  },
  pie: {
    itemStyle: {
      borderColor: "#ffffff",
      borderWidth: 2
    },
    label: {
      color: "#26221d"
    }
  },
  gauge: {
    axisLine: {
      lineStyle: {
        color: [
          [
            1,
            "#efe9de"
          ]
        ]
      }
    }
  },
  markLine: {
    lineStyle: {
      color: "#26221d",
      type: [
        3,
        4
      ],
      width: 1.5
    },
    label: {
      color: "#26221d"
    },
    symbol: "none"
  },
  visualMap: {
    inRange: {
      color: [
        "#b5d3bf",
        "#5b9c7f",
        "#1f5f4a"
      ]
    },
    outOfRange: {
      color: [
        "#d8643f"
      ]
    },
    textStyle: {
      color: "#26221d"
    }
  },
  aria: {
    enabled: true,
    decal: {
      show: true,
      decals: [
        {
          symbol: "none"
        },
        {
          color: "rgba(255,255,255,.45)",
          dashArrayX: [
            1,
            0
          ],
          dashArrayY: [
            2,
            4
          ],
          rotation: -0.785
        },
        {
          color: "rgba(255,255,255,.55)",
          symbol: "circle",
          symbolSize: 0.6,
          dashArrayX: [
            [
              6,
              6
            ],
            [
              0,
              6,
              6,
              0
            ]
          ],
          dashArrayY: [
            4,
            0
          ]
        },
        {
          color: "rgba(255,255,255,.45)",
          dashArrayX: [
            1,
            0
          ],
          dashArrayY: [
            2,
            4
          ],
          rotation: 0.785
        }
      ]
    }
  },
  animation: false
};
